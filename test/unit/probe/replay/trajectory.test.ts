import { describe, expect, it } from 'vitest';
import { jobOf } from '../../../../src/probe/replay/trajectory.ts';
import { trajectoryOf } from '../../../../src/run/trial/atif.ts';
import { aTurn } from '../../../support/records.ts';
import { aTask } from '../../../support/tasks.ts';

const trial = { trialId: 't', suite: 's', task: 'a', contender: 'c' };
const agent = { name: 'shell', version: '1' };
const step = (text: string, command: string | undefined, extra: object = {}) => ({
  startedAt: '2026-03-01T10:00:00.000Z',
  text,
  reasoning: 'Hm.',
  toolCalls: command === undefined ? [] : [{ id: 'c1', name: 'bash', argumentsText: JSON.stringify({ command }) }],
  observations: command === undefined ? [] : [{ toolCallId: 'c1', text: 'a b', exitCode: 0, durationMs: 120 }],
  turn: aTurn({ usage: { input: 10, output: 7 } }),
  ...extra,
});

describe('a recorded trajectory', () => {
  it('becomes the conversation it was', () => {
    const written = trajectoryOf(aTask({ instruction: 'Fix it.' }), [step('Look.', 'ls'), step('Done.', undefined)], {
      sessionId: 't',
      agent,
    });
    expect(jobOf(trial, JSON.parse(JSON.stringify(written)))).toEqual({
      ...trial,
      opening: 'Fix it.',
      turns: [
        {
          answer: {
            role: 'assistant',
            text: 'Look.',
            reasoning: 'Hm.',
            toolCalls: [{ id: 'c1', name: 'bash', argumentsText: '{"command":"ls"}' }],
          },
          results: [{ role: 'tool', toolCallId: 'c1', name: 'bash', text: 'a b' }],
          pauseMs: 120,
          outputTokens: 7,
        },
        {
          answer: { role: 'assistant', text: 'Done.', reasoning: 'Hm.', toolCalls: [] },
          results: [],
          pauseMs: 0,
          outputTokens: 7,
        },
      ],
    });
  });

  it('leaves out a call that was never carried out, and keeps arguments that were no JSON', () => {
    const broken = step('Look.', undefined, {
      toolCalls: [
        { id: 'c1', name: 'bash', argumentsText: '{"command":' },
        { id: 'c2', name: 'bash', argumentsText: '{}' },
      ],
      observations: [{ toolCallId: 'c1', text: 'Not run.' }],
    });
    const written = trajectoryOf(aTask({ instruction: 'Fix it.' }), [broken], { sessionId: 't', agent });
    const job = jobOf(trial, JSON.parse(JSON.stringify(written)));
    expect(job?.turns[0]?.answer.toolCalls).toEqual([{ id: 'c1', name: 'bash', argumentsText: '{"command":' }]);
  });

  it('keeps what a user said in between', () => {
    const steps = [
      { source: 'user', message: 'Fix it.' },
      { source: 'agent', message: 'Looking', metrics: { completion_tokens: 5 } },
      { source: 'user', message: 'No, break it.' },
      { source: 'agent', message: 'Breaking', metrics: {} },
    ];
    const job = jobOf(trial, { steps });
    expect(job?.turns[0]?.results).toEqual([{ role: 'user', text: 'No, break it.' }]);
    expect(job?.turns[1]?.outputTokens).toBeUndefined();
  });

  it('of a control, or of no known form, is no conversation', () => {
    const control = trajectoryOf(aTask(), [{ ...step('Applied.', 'x'), turn: undefined }], { sessionId: 't', agent });
    expect(jobOf(trial, JSON.parse(JSON.stringify(control)))).toBeUndefined();
    for (const strange of [undefined, {}, { steps: [] }, { steps: 3 }]) expect(jobOf(trial, strange)).toBeUndefined();
  });
});
