import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/measure/random/random.ts';
import { inflate } from '../../../../src/report/detail/compress.ts';
import { packDetails } from '../../../../src/report/detail/pack-details.ts';
import type { AttemptFile, TrialDetail } from '../../../../src/report/detail/trial-detail.ts';

const random = createRandom(5);
/** Text that does not compress. */
const noise = (length: number): string =>
  Array.from({ length }, () => String.fromCharCode(33 + random.below(90))).join('');

const filesWith = (observation: string): readonly AttemptFile[] => [
  {
    path: 'trajectory.json',
    content: JSON.stringify({
      steps: [{ source: 'agent', message: 'look', observation: { results: [{ content: observation }] } }],
    }),
  },
  { path: 'turns.jsonl', content: 'not for the page' },
  { path: 'submission.diff', content: '+fixed' },
];

const noted = (trialId: string) => ({
  trialId,
  attemptId: `${trialId}-a`,
  index: 0,
  reason: 'all tests passed',
  missingTests: [],
  clockProblems: [],
});

const unpack = async (
  filesByAttempt: Readonly<Record<string, readonly AttemptFile[]>>,
  trials: readonly string[],
  budget: number,
) => {
  const filesOf = async ({ attemptId }: { readonly attemptId: string }) => filesByAttempt[attemptId] ?? [];
  const packed = await Array.fromAsync(packDetails(trials.map(noted), { filesOf, budget }));
  const details = await Promise.all(
    packed.map(async (one) => [one.trialId, JSON.parse(await inflate(one.packed)) as TrialDetail] as const),
  );
  return { size: packed.reduce((sum, one) => sum + one.packed.length, 0), details: new Map(details) };
};

describe('the drill-down', () => {
  it('holds the steps and the files of the counted attempt, and not of another', async () => {
    const files = { 't-older': filesWith('superseded'), 't-a': filesWith('the real one') };
    const { details } = await unpack(files, ['t'], 1e6);
    expect(details.get('t')).toMatchObject({
      reason: 'all tests passed',
      cut: [],
      files: [{ path: 'submission.diff', content: '+fixed' }],
    });
    expect(details.get('t')?.steps[0]?.results).toEqual([{ text: 'the real one' }]);
  });

  it('stays within its budget, gives every trial something, and says what was cut', async () => {
    const names = Array.from({ length: 20 }, (_, place) => `t${place}`);
    const files = Object.fromEntries(names.map((name) => [`${name}-a`, filesWith(noise(30_000))]));
    const { size, details } = await unpack(files, names, 60_000);
    expect(size).toBeLessThanOrEqual(60_000);
    expect(details.size).toBe(20);
    for (const detail of details.values()) {
      expect(detail.cut).toHaveLength(1);
      expect(detail.steps[0]?.results[0]?.text).toMatch(/characters left out/);
    }
  });

  it('leaves to the trials that need more what the others do not use', async () => {
    const names = ['large', ...Array.from({ length: 9 }, (_, place) => `small${place}`)];
    const files = {
      'large-a': filesWith(noise(5_000)),
      ...Object.fromEntries(names.slice(1).map((name) => [`${name}-a`, filesWith('x')])),
    };
    const shares = await Promise.all([names, names.toReversed()].map((order) => unpack(files, order, 9_000)));
    const textOf = (place: number) => shares[place]?.details.get('large')?.steps[0]?.results[0]?.text ?? '';
    expect(textOf(1).length).toBeGreaterThan(textOf(0).length);
  });

  it('shows the verdict of a trial whose files are not there', async () => {
    const { details } = await unpack({}, ['t'], 1e6);
    expect(details.get('t')).toMatchObject({ reason: 'all tests passed', steps: [] });
  });

  it('survives a trajectory that is not JSON', async () => {
    const files = { 't-a': [{ path: 'trajectory.json', content: '{"steps": [' }] };
    expect((await unpack(files, ['t'], 1e6)).details.get('t')?.cut).toEqual(['the trajectory could not be read']);
  });
});
