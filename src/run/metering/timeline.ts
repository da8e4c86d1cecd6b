import type { FailedTry, Turn } from '../../domain/model/turn.ts';
import type { Clock, MonotonicNs } from '../../domain/time.ts';
import { millisecondsBetween } from '../../domain/time.ts';
import { type SegmentName, type Span, segmentNames } from '../../domain/trial.ts';

/** A trial's wall-clock as exclusive spans: at every instant exactly one segment is open, so that they add up by construction. */
export type Timeline = {
  /** From now on the time belongs to this segment. */
  enter(name: SegmentName, detail?: string): void;
  /** Runs `work` in a segment, then goes back to the one before. */
  within<Value>(name: SegmentName, work: () => Promise<Value>): Promise<Value>;
  /** Takes the time since `from`, spent on a model call, apart by the call's own stamps. */
  splitCall(from: MonotonicNs, turn: Turn): void;
  close(): { readonly spans: readonly Span[]; readonly wallMs: number };
};

/** What a call waits for first: a place at the endpoint, whose limits all trials share. */
export const admission = 'admission';

const nanosecondsPerMillisecond = 1e6;

type Mark = { readonly name: SegmentName; readonly at: MonotonicNs; readonly detail?: string | undefined };

const failedTryAt = (at: MonotonicNs, fault: string): Mark => ({
  name: 'model-wait',
  at,
  detail: `failed try: ${fault}`,
});

/** A failed try, its back-off, and again the wait for a place at the endpoint, until the next try is `dispatched`. */
const marksOfFailedTry = (failedTry: FailedTry, dispatched: MonotonicNs): readonly Mark[] => {
  const { dispatch, failed, fault, waitedMs } = failedTry;
  return [
    failedTryAt(dispatch, fault),
    { name: 'model-wait', at: failed, detail: 'back-off' },
    // A timer may fire a moment early.
    { name: 'model-wait', at: Math.min(failed + waitedMs * nanosecondsPerMillisecond, dispatched), detail: admission },
  ];
};

/** Where a call's time goes: waiting before the request is out, failed tries, waiting for the first fragment, receiving. */
const marksOfCall = (turn: Turn): readonly Mark[] => {
  const { dispatch, firstContent, lastContent, terminal } = turn.stamps;
  const end = lastContent ?? terminal;
  const before = turn.failedTries.flatMap((failedTry, index) =>
    marksOfFailedTry(failedTry, turn.failedTries[index + 1]?.dispatch ?? dispatch),
  );
  if (turn.failure !== undefined) return [...before, failedTryAt(dispatch, turn.failure.fault)];
  return [
    ...before,
    { name: 'ttft', at: dispatch, detail: turn.endpoint },
    ...(firstContent === undefined ? [] : [{ name: 'decode', at: firstContent, detail: turn.endpoint } as const]),
    // What comes after the last content (usage, closing) is still the endpoint's, not the harness's.
    ...(end === undefined || terminal === undefined || terminal <= end
      ? []
      : [{ name: 'decode', at: end, detail: 'after the last content' } as const]),
  ];
};

const spansOf = (marks: readonly Mark[], end: MonotonicNs): readonly Span[] => {
  const start = marks[0]?.at ?? end;
  return marks.flatMap((mark, index) => {
    const startMs = millisecondsBetween(start, mark.at);
    const endMs = millisecondsBetween(start, marks[index + 1]?.at ?? end);
    return endMs > startMs ? [{ name: mark.name, startMs, endMs, detail: mark.detail }] : [];
  });
};

/** Starts a timeline now, in the segment `queue`. */
export const startTimeline = (clock: Clock): Timeline => {
  const marks: Mark[] = [{ name: 'queue', at: clock.now() }];
  const current = (): SegmentName => marks.at(-1)?.name ?? 'queue';
  const enter = (name: SegmentName, detail?: string): void => {
    marks.push({ name, at: clock.now(), detail });
  };
  return {
    enter,
    within: async (name, work) => {
      const before = current();
      enter(name);
      try {
        return await work();
      } finally {
        enter(before);
      }
    },
    splitCall: (from, turn) => {
      const last = marks.at(-1)?.at ?? from;
      // A redirected answer is asked for while the old one is still coming: that time is the old one's.
      marks.push(...marksOfCall(turn).map((mark) => ({ ...mark, at: Math.max(mark.at, last) })));
    },
    close: () => {
      const end = clock.now();
      const spans = spansOf(marks, end);
      return { spans, wallMs: millisecondsBetween(marks[0]?.at ?? end, end) };
    },
  };
};

/** Milliseconds per segment; every segment is there, 0 where the trial never was in it. */
export const segmentsOf = (spans: readonly Span[]): Readonly<Record<SegmentName, number>> => {
  const totals = Object.fromEntries(segmentNames.map((name) => [name, 0])) as Record<SegmentName, number>;
  for (const span of spans) totals[span.name] += span.endMs - span.startMs;
  return totals;
};
