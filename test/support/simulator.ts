import type { AttemptScript } from '../../src/simulator/attempts.ts';
import type { ConversationEntry, OfferedTool, SimulatedRequest } from '../../src/simulator/plan/conversation.ts';
import { type Profile, profileSchema } from '../../src/simulator/profile.ts';

/** A profile without chance: 100 ms to the first token, 1,000 tokens/s. */
export const aProfile = (changes: Record<string, unknown> = {}): Profile =>
  profileSchema.parse({
    name: 'sim-test',
    description: 'for tests',
    tier: 'other',
    ttft: { distribution: 'constant', ms: 100 },
    rate: { tokens_per_second: 1000 },
    ...changes,
  });

export const aScript = (changes: Partial<AttemptScript> = {}): AttemptScript => ({
  task: 'suite/greet',
  instruction: 'Write a friendly greeting to hello.txt.',
  attempts: [
    { name: 'right', style: 'careful', turns: [{ reasoning: 'Think.', text: 'Look.', bash: 'ls' }, { submit: true }] },
    { name: 'wrong', style: 'hasty', turns: [{ bash: 'echo > hello.txt' }] },
  ],
  ...changes,
});

export const aRequest = (changes: Partial<SimulatedRequest> = {}): SimulatedRequest => ({
  model: 'sim-test',
  stream: true,
  preamble: [],
  conversation: [],
  tools: [],
  maxOutputTokens: undefined,
  wantsUsage: true,
  wantsObfuscation: false,
  wantsCacheWrite: false,
  cacheKey: undefined,
  ...changes,
});

export const aTool = (name: string, types: Record<string, string>, required = Object.keys(types)): OfferedTool => ({
  name,
  kind: 'function',
  properties: Object.fromEntries(Object.entries(types).map(([key, type]) => [key, { type }])),
  required,
});

export const user = (text: string): ConversationEntry => ({ role: 'user', text });
export const assistant = (text: string): ConversationEntry => ({ role: 'assistant', text });
export const tool = (text: string): ConversationEntry => ({ role: 'tool', text });
