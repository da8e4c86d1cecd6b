import type { TrialFacts } from '../../measure/trial-facts.ts';
import { compress } from './compress.ts';
import { shortenDetail } from './shorten.ts';
import { trajectorySteps } from './trajectory-steps.ts';
import type { AttemptFile, FilesOf, TrialDetail } from './trial-detail.ts';

type Noted = Pick<TrialFacts, 'trialId' | 'attemptId' | 'index' | 'reason' | 'missingTests' | 'clockProblems'>;

/** Longest texts tried, from generous to telegraphic; the first that fits is taken. */
const limits = [20_000, 4_000, 1_000, 250, 60] as const;

const notShown: ReadonlySet<string> = new Set(['trajectory.json', 'turns.jsonl', 'spans.jsonl']);

const detailOf = (files: readonly AttemptFile[], note: Noted): TrialDetail => {
  const trajectory = files.find(({ path }) => path === 'trajectory.json');
  const steps = trajectory === undefined ? [] : trajectorySteps(trajectory.content);
  return {
    steps: steps ?? [],
    files: files.filter(({ path, content }) => !notShown.has(path) && content !== ''),
    reason: note.reason,
    missingTests: note.missingTests,
    clockProblems: note.clockProblems,
    cut: steps === undefined ? ['the trajectory could not be read'] : [],
  };
};

const packOne = async (detail: TrialDetail, budget: number): Promise<string | undefined> => {
  for (const limit of limits) {
    const text = JSON.stringify(shortenDetail(detail, limit));
    // Text like this shrinks to a fifth or so: what is thirty times too long need not be tried.
    if (text.length > budget * 30) continue;
    const packed = await compress(text);
    if (packed.length <= budget) return packed;
  }
  const bare: TrialDetail = {
    ...detail,
    steps: [],
    files: [],
    cut: ['the trajectory and the files were left out: the report would be too large'],
  };
  const packed = await compress(JSON.stringify(bare));
  return packed.length <= budget ? packed : undefined;
};

/** The drill-down of one trial as it stands in the page. */
export type PackedDetail = { readonly trialId: string; readonly packed: string };

/** Fewer characters hold nothing worth opening. */
const leastShare = 400;

/**
 * Packs the details of the counted attempts within a budget of characters for the whole page. Every trial gets an equal share; what one does not
 * use, the next ones may. A trial that does not fit is shortened, and says so. Where shares would get too small, the first trials of every task come
 * first and the last ones are left out: the page says so when they are opened.
 */
export async function* packDetails(
  trials: readonly Noted[],
  { filesOf, budget }: { readonly filesOf: FilesOf; readonly budget: number },
): AsyncGenerator<PackedDetail> {
  const byIndex = trials.toSorted((one, other) => one.index - other.index);
  const kept = byIndex.slice(0, Math.floor(budget / leastShare));
  let left = budget;
  for (const [place, trial] of kept.entries()) {
    const share = (left / (kept.length - place)) * 1.5;
    const packed = await packOne(detailOf(await filesOf(trial), trial), Math.min(left, share));
    if (packed === undefined) continue;
    left -= packed.length;
    yield { trialId: trial.trialId, packed };
  }
}
