import type { Place, RecordedStream } from '../../domain/model/recorded-stream.ts';

/** Finds the recorded answer to a request; undefined where nothing like it was recorded. */
export type ChooseStream = (sessionId: string, place: Place) => RecordedStream | undefined;

/** The streams of one recorded session, by turn. */
type Take = { readonly sessionId: string; readonly turns: ReadonlyMap<number, readonly RecordedStream[]> };

const takesOf = (streams: readonly RecordedStream[]): ReadonlyMap<string, readonly Take[]> => {
  const openings = Map.groupBy(streams, ({ place }) => place.opening);
  return new Map(
    [...openings].map(([opening, own]) => {
      const sessions = Map.groupBy(own, ({ sessionId }) => sessionId);
      const takes = [...sessions].map(([sessionId, session]) => ({
        sessionId,
        turns: Map.groupBy(session, ({ place }) => place.turn),
      }));
      return [opening, takes];
    }),
  );
};

/**
 * A session gets the recording of the session of its own name, else the next recorded one of the same conversation, and
 * keeps to it. What was asked twice in the same place (tries) is answered in the recorded order, over and over.
 */
export const streamChooser = (streams: readonly RecordedStream[]): ChooseStream => {
  const takes = takesOf(streams);
  const assigned = new Map<string, Take>();
  const newcomers = new Map<string, number>();
  const asked = new Map<string, number>();

  const takeFor = (sessionId: string, opening: string): Take | undefined => {
    const known = takes.get(opening) ?? [];
    const key = JSON.stringify([sessionId, opening]);
    const own = assigned.get(key) ?? known.find((take) => take.sessionId === sessionId);
    const newcomer = newcomers.get(opening) ?? 0;
    const take = own ?? known[newcomer % Math.max(1, known.length)];
    if (own === undefined) newcomers.set(opening, newcomer + 1);
    if (take !== undefined) assigned.set(key, take);
    return take;
  };

  return (sessionId, place) => {
    const candidates = takeFor(sessionId, place.opening)?.turns.get(place.turn) ?? [];
    const key = JSON.stringify([sessionId, place]);
    const count = asked.get(key) ?? 0;
    asked.set(key, count + 1);
    return candidates[count % Math.max(1, candidates.length)];
  };
};
