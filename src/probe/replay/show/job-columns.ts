import { millisecondsBetween } from '../../../domain/time.ts';
import type { Column } from '../../../report/table/column.ts';
import { boolean, measured, text, whole } from '../../show/columns.ts';
import type { JobRun } from '../carry-out.ts';

/** One row a job, failed ones included. */
export const jobColumns: readonly Column<JobRun>[] = [
  text('arm', 'endpoint, and transport where several were probed', ({ arm }) => arm),
  whole('agents', 'agents at once', ({ agents }) => agents),
  whole('agent', 'which of them did it, from 0', ({ agent }) => agent),
  text('trial_id', 'the recorded trial', ({ trialId }) => trialId),
  text('task', 'its task', ({ task }) => task),
  whole('turns', 'calls that were made', ({ calls }) => calls.length),
  boolean('failed', 'true where a call failed: the job then has no completion time', ({ failed }) => failed),
  measured('job_ms', 'first dispatch to the end of the last answer', ({ failed, startedAt, endedAt }) =>
    failed ? undefined : millisecondsBetween(startedAt, endedAt),
  ),
  measured('pause_ms', 'of it waiting for the recorded tools', ({ pauseMs }) => pauseMs),
];
