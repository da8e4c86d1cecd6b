import type { TrialRecord, TrialSpec } from '../../domain/trial.ts';
import type { RunEvent } from '../../run/events.ts';

/** What is running right now. */
export type RunningTrial = { readonly spec: TrialSpec; readonly sinceMs: number; step: number; verifying: boolean };

export type ContenderTally = {
  done: number;
  resolved: number;
  unresolved: number;
  noVerdict: number;
  readonly agentSeconds: number[];
  outputTokens: number;
  decodeSeconds: number;
};

/** A run's state as its events tell it; the live table and the plain lines both read from here. */
export type Tally = {
  total: number;
  done: number;
  readonly contenders: Map<string, ContenderTally>;
  readonly running: Map<string, RunningTrial>;
  images?: { ready: number; total: number; last: string } | undefined;
};

export const emptyTally = (contenders: readonly string[]): Tally => ({
  total: 0,
  done: 0,
  contenders: new Map(
    contenders.map((name) => [
      name,
      { done: 0, resolved: 0, unresolved: 0, noVerdict: 0, agentSeconds: [], outputTokens: 0, decodeSeconds: 0 },
    ]),
  ),
  running: new Map(),
});

const count = (tally: Tally, record: TrialRecord): void => {
  const contender = tally.contenders.get(record.contender);
  if (contender === undefined) return;
  contender.done += 1;
  const outcome = record.verdict?.outcome;
  if (outcome === 'resolved') contender.resolved += 1;
  else if (outcome === 'unresolved') contender.unresolved += 1;
  else contender.noVerdict += 1;
  if (record.agentMs !== undefined) contender.agentSeconds.push(record.agentMs / 1000);
  contender.outputTokens += record.usage.output ?? 0;
  contender.decodeSeconds += record.segments.decode / 1000;
};

/** Folds one event in; `nowMs` is for the elapsed time of running trials. */
export const tell = (tally: Tally, event: RunEvent, nowMs: number): void => {
  switch (event.type) {
    case 'image-start':
    case 'image-progress':
      tally.images = {
        ready: 0,
        total: 0,
        ...tally.images,
        last: `${event.task}${event.type === 'image-progress' ? `: ${event.line}` : ''}`,
      };
      return;
    case 'image-end':
      tally.images = { ready: event.ready, total: event.total, last: event.task };
      return;
    case 'run-start':
      tally.images = undefined;
      tally.total = event.total;
      tally.done = event.done;
      return;
    case 'trial-start':
      tally.running.set(event.spec.trialId, { spec: event.spec, sinceMs: nowMs, step: 0, verifying: false });
      return;
    case 'trial-step': {
      const trial = tally.running.get(event.spec.trialId);
      if (trial !== undefined) trial.step = event.step;
      return;
    }
    case 'trial-verify': {
      const trial = tally.running.get(event.spec.trialId);
      if (trial !== undefined) trial.verifying = true;
      return;
    }
    case 'trial-end':
      tally.running.delete(event.record.trialId);
      if (event.willRetry) return;
      tally.done += 1;
      count(tally, event.record);
      return;
    case 'run-end':
      tally.running.clear();
  }
};
