import type { AttemptScript } from './attempts.ts';
import { FaultLedger } from './fault/ledger.ts';
import { Limiter } from './limit/limiter.ts';
import { Scheduler } from './pace/scheduler.ts';
import type { StampLog } from './pace/stamps.ts';
import { ResponseHistory } from './plan/history.ts';
import { PromptCache } from './plan/prompt-cache.ts';
import { type Profile, profileSchema } from './profile.ts';
import { invalidRequest, RequestProblem } from './protocol/protocol.ts';

/** What all exchanges of a simulator share. */
export type Stage = {
  readonly profiles: readonly Profile[];
  readonly attempts: readonly AttemptScript[];
  readonly scheduler: Scheduler;
  readonly stamps: StampLog;
  readonly cache: PromptCache;
  readonly history: ResponseHistory;
  readonly faults: FaultLedger;
  readonly limiters: ReadonlyMap<string, Limiter>;
};

/** Sets the stage for some profiles and attempts. */
export const setStage = (
  profiles: readonly Profile[],
  attempts: readonly AttemptScript[],
  stamps: StampLog,
): Stage => ({
  profiles,
  attempts,
  stamps,
  scheduler: new Scheduler(),
  cache: new PromptCache(),
  history: new ResponseHistory(),
  faults: new FaultLedger(),
  limiters: new Map(
    profiles.flatMap((profile) =>
      profile.rate_limits === undefined ? [] : [[profile.name, new Limiter(profile.rate_limits)] as const],
    ),
  ),
});

/** Changes to a profile for one request: the JSON of the `x-simulate-profile` header, laid over it section by section. */
const changed = (profile: Profile, header: string): Profile => {
  const changes: unknown = JSON.parse(header);
  if (typeof changes !== 'object' || changes === null) throw new Error('not an object');
  const sections = Object.entries(changes).map(([key, value]) => {
    const before = (profile as Readonly<Record<string, unknown>>)[key];
    const isSection = typeof before === 'object' && before !== null && typeof value === 'object' && value !== null;
    return [key, isSection && !Array.isArray(before) ? { ...before, ...value } : value];
  });
  return profileSchema.parse({ ...profile, ...Object.fromEntries(sections) });
};

/** The profile that a model's name (or the path) asks for, with the changes of the request's header. */
export const findProfile = (stage: Stage, name: string, header: string | readonly string[] | undefined): Profile => {
  const profile = stage.profiles.find((candidate) => candidate.name === name);
  if (profile === undefined) {
    const known = stage.profiles.map((candidate) => candidate.name).join(', ');
    throw new RequestProblem({
      status: 404,
      type: 'invalid_request_error',
      code: 'model_not_found',
      message: `The model "${name}" does not exist. This simulator has: ${known}.`,
    });
  }
  if (typeof header !== 'string') return profile;
  try {
    return changed(profile, header);
  } catch (error) {
    throw invalidRequest(`x-simulate-profile: ${error instanceof Error ? error.message : String(error)}`);
  }
};
