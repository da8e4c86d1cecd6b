import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/measure/random/random.ts';
import { inflate } from '../../../../src/report/detail/compress.ts';
import { packDetails } from '../../../../src/report/detail/pack-details.ts';
import type { AttemptFiles, TrialDetail } from '../../../../src/report/detail/trial-detail.ts';

const random = createRandom(5);
/** Text that does not compress. */
const noise = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(33 + random.below(90))).join('');

const attempt = (trialId: string, observation: string, attemptId = `${trialId}-a`): AttemptFiles => ({
  trialId,
  attemptId,
  files: [
    {
      path: 'trajectory.json',
      content: JSON.stringify({
        steps: [{ source: 'agent', message: 'look', observation: { results: [{ content: observation }] } }],
      }),
    },
    { path: 'turns.jsonl', content: 'not for the page' },
    { path: 'submission.diff', content: '+fixed' },
  ],
});

const noted = (trialId: string) => ({
  trialId,
  attemptId: `${trialId}-a`,
  reason: 'all tests passed',
  missingTests: [],
});

async function* stream(files: readonly AttemptFiles[]) {
  yield* files;
}

const unpack = async (files: readonly AttemptFiles[], trials: readonly string[], budget: number) => {
  const packed = await Array.fromAsync(packDetails(stream(files), { trials: trials.map(noted), budget }));
  const details = await Promise.all(
    packed.map(async (one) => [one.trialId, JSON.parse(await inflate(one.packed)) as TrialDetail] as const),
  );
  return { size: packed.reduce((sum, one) => sum + one.packed.length, 0), details: new Map(details) };
};

describe('the drill-down', () => {
  it('holds the steps and the files of the counted attempt, and not of another', async () => {
    const { details } = await unpack([attempt('t', 'superseded', 't-older'), attempt('t', 'the real one')], ['t'], 1e6);
    expect(details.get('t')).toMatchObject({
      reason: 'all tests passed',
      cut: [],
      files: [{ path: 'submission.diff', content: '+fixed' }],
    });
    expect(details.get('t')?.steps[0]?.results).toEqual([{ text: 'the real one' }]);
  });

  it('stays within its budget, gives every trial something, and says what was cut', async () => {
    const names = Array.from({ length: 20 }, (_, place) => `t${place}`);
    const { size, details } = await unpack(
      names.map((name) => attempt(name, noise(30_000))),
      names,
      60_000,
    );
    expect(size).toBeLessThanOrEqual(60_000);
    expect(details.size).toBe(20);
    for (const detail of details.values()) {
      expect(detail.cut).toHaveLength(1);
      expect(detail.steps[0]?.results[0]?.text).toMatch(/characters left out/);
    }
  });

  it('shows the verdict of a trial whose files are not there', async () => {
    const { details } = await unpack([], ['t'], 1e6);
    expect(details.get('t')).toMatchObject({ reason: 'all tests passed', steps: [] });
  });

  it('survives a trajectory that is not JSON', async () => {
    const files = { trialId: 't', attemptId: 't-a', files: [{ path: 'trajectory.json', content: '{"steps": [' }] };
    expect((await unpack([files], ['t'], 1e6)).details.get('t')?.cut).toEqual(['the trajectory could not be read']);
  });
});
