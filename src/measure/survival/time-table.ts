/** How long something was watched and how that ended: what we wait for, something that rules it out for good, or the end of watching. */
export interface TimedOutcome {
  readonly time: number;
  readonly outcome: 'event' | 'competing' | 'censored';
}

/** What happened at one moment, and how many were still being watched just before it. */
export interface Moment {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly competing: number;
}

/** The moments at which anything was observed, in order. What is censored at a moment is still at risk there. */
export function timeTable(observations: readonly TimedOutcome[]): Moment[] {
  const moments: { time: number; atRisk: number; events: number; competing: number }[] = [];
  let atRisk = observations.length;
  for (const { time, outcome } of observations.toSorted((a, b) => a.time - b.time)) {
    let moment = moments.at(-1);
    if (moment?.time !== time) {
      moment = { time, atRisk, events: 0, competing: 0 };
      moments.push(moment);
    }
    if (outcome === 'event') moment.events++;
    if (outcome === 'competing') moment.competing++;
    atRisk--;
  }
  return moments;
}
