import { redirectTtftMs, timeToStopMs } from '../../measure/steering.ts';
import { ttftMs } from '../../measure/turn-timing.ts';
import type { Column } from '../../report/table/column.ts';
import { boolean, measured, text, whole } from '../show/columns.ts';
import type { SteeredCall } from './carry-out.ts';

type Turn = NonNullable<SteeredCall['interrupted']>;

const ofTurn =
  (read: (turn: Turn) => number | undefined) =>
  ({ interrupted }: SteeredCall): number | undefined =>
    interrupted && read(interrupted);

/** One row a redirected call. */
export const steeredColumns: readonly Column<SteeredCall>[] = [
  text('arm', 'endpoint, and transport where several were probed', ({ arm }) => arm),
  text('way', 'how its answers were to be stopped', ({ way }) => way),
  text('how', 'how it was stopped', ({ interrupted }) => interrupted?.interruption?.how),
  whole('round', 'from 0', ({ round }) => round),
  text('fault', 'why there is no new answer', ({ failure }) => failure?.fault),
  measured('time_to_stop_ms', 'the instruction changed → the old answer was over', ofTurn(timeToStopMs)),
  whole(
    'late_tokens',
    'tokens of the old answer after that',
    ({ interrupted }) => interrupted?.interruption?.lateTokens,
  ),
  whole('wasted_tokens', 'all tokens of the old answer', ({ interrupted }) => interrupted?.interruption?.wastedTokens),
  boolean(
    'wasted_is_estimate',
    'true where they were counted by characters',
    ({ interrupted }) => interrupted?.interruption?.wastedIsEstimate,
  ),
  measured('redirect_ttft_ms', 'the instruction changed → first content of the new answer', ofTurn(redirectTtftMs)),
  measured('plain_ttft_ms', 'dispatch → first content of the old answer', ofTurn(ttftMs)),
];
