/** What a task's script left in /logs/verifier, or why it cannot be read. */
export type Reward = { readonly rewards: Readonly<Record<string, number>> } | { readonly problem: string };

const fromJson = (text: string): Reward => {
  try {
    const value: unknown = JSON.parse(text);
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (entries.length > 0 && entries.every((entry): entry is [string, number] => Number.isFinite(entry[1]))) {
      return { rewards: Object.fromEntries(entries) };
    }
  } catch {
    // Falls through: the same answer for all that is not a flat object of numbers.
  }
  return { problem: 'reward.json is not a flat object of numbers' };
};

const fromText = (text: string): Reward => {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'reward.txt is empty' };
  const value = Number(trimmed);
  return Number.isFinite(value)
    ? { rewards: { reward: value } }
    : { problem: `reward.txt holds ${JSON.stringify(trimmed.slice(0, 40))}, not a number` };
};

/** Harbor's reward files; which of the two wins depends on the declared version. */
export const parseReward = (
  files: { readonly json?: string | undefined; readonly text?: string | undefined },
  prefer: 'reward.json' | 'reward.txt',
): Reward => {
  const json = files.json === undefined ? undefined : () => fromJson(files.json ?? '');
  const text = files.text === undefined ? undefined : () => fromText(files.text ?? '');
  const read = prefer === 'reward.json' ? (json ?? text) : (text ?? json);
  return read?.() ?? { problem: 'the tests wrote no reward: they did not run to their end' };
};

/** Resolved means full marks: the key `reward`, or else every key, is at least 1. */
export const isFullReward = (rewards: Readonly<Record<string, number>>): boolean =>
  rewards.reward === undefined ? Object.values(rewards).every((value) => value >= 1) : rewards.reward >= 1;
