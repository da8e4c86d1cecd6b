import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requestOf } from '../../../../src/probe/replay/job.ts';
import { aJob } from '../../../support/jobs.ts';

const options = { salt: 'probe-1 2 agents, agent 0', sessionId: 's' };

describe('a turn of a job', () => {
  it('holds the recorded conversation up to there, behind its salt', () => {
    const { messages, maxOutputTokens, tools } = requestOf(aJob('t'), 1, options);
    expect(messages).toEqual([
      { role: 'user', text: '[probe-1 2 agents, agent 0]\n\nDo t.' },
      expect.objectContaining({ role: 'assistant', text: 'Step 0.' }),
      { role: 'tool', toolCallId: 'call-0', name: 'bash', text: 'result 0' },
    ]);
    expect(maxOutputTokens).toBe(40);
    expect(tools.map(({ name }) => name)).toEqual(['bash']);
  });

  it('grows from turn to turn, each a prefix of the next, and never repeats another agent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), (turns) => {
        const job = aJob('t', turns);
        const all = job.turns.map((_, turn) => requestOf(job, turn, options).messages);
        for (const [turn, messages] of all.entries()) {
          expect(messages).toHaveLength(1 + 2 * turn);
          expect(messages.slice(0, all[turn - 1]?.length ?? 0)).toEqual(all[turn - 1] ?? []);
          expect(requestOf(job, turn, { ...options, salt: 'other' }).messages[0]).not.toEqual(messages[0]);
        }
      }),
    );
  });

  it('has somebody speak after an answer without a tool call', () => {
    const [first, ...rest] = aJob('t').turns;
    if (first === undefined) throw new Error('no turn');
    const idle = { ...first, answer: { ...first.answer, toolCalls: [] }, results: [] };
    const { messages } = requestOf(aJob('t', 2, { turns: [idle, ...rest] }), 1, options);
    expect(messages.at(-1)).toEqual({ role: 'user', text: 'Go on.' });
  });

  it('may answer as long as was recorded, within what providers grant', () => {
    const turns = aJob('t', 1).turns.map((turn) => ({ ...turn, outputTokens: 3 }));
    expect(requestOf(aJob('t', 1, { turns }), 0, options).maxOutputTokens).toBe(16);
    const unknown = turns.map((turn) => ({ ...turn, outputTokens: undefined }));
    expect(requestOf(aJob('t', 1, { turns: unknown }), 0, options).maxOutputTokens).toBe(1024);
  });
});
