import { describe, expect, it } from 'vitest';
import { shellLoop } from '../../../src/agent/shell-loop/shell-loop.ts';
import type { TaskSteering } from '../../../src/domain/task.ts';
import type { Step } from '../../../src/domain/trajectory.ts';
import { agentTools, anExecResult, type ScriptedReply, scriptedModel } from '../../support/agent-tools.ts';
import { aTask } from '../../support/tasks.ts';

const bash = (command: string): readonly [string, string] => ['bash', JSON.stringify({ command })];
const submit: readonly [string, string] = ['submit', '{}'];

const solve = async (
  replies: readonly ScriptedReply[],
  options: Parameters<typeof agentTools>[1] & { readonly steering?: TaskSteering } = {},
) => {
  const model = scriptedModel(replies);
  const tools = agentTools(model, options);
  const steps: Step[] = [];
  const { steering } = options;
  const task = aTask({ instruction: 'Find the needle.', ...(steering && { steering }) });
  const solving = shellLoop.solve(task, tools);
  for (;;) {
    const next = await solving.next();
    if (next.done)
      return {
        stop: next.value,
        steps,
        requests: model.requests,
        commands: tools.commands,
        steerings: model.steerings,
      };
    steps.push(next.value);
  }
};

describe('the shell loop', () => {
  it('runs what the model asks for, shows it the result, and ends on submit', async () => {
    const { stop, steps, requests, commands } = await solve([{ calls: [bash('ls')] }, { calls: [submit] }], {
      run: () => anExecResult({ exitCode: 3, stdout: { text: 'found\n', bytes: 6, truncated: false } }),
    });
    expect(stop).toBe('submitted');
    expect(commands).toEqual([['bash', '-c', 'ls']]);
    expect(steps).toHaveLength(2);
    const last = requests[1]?.messages.at(-1);
    expect(last).toMatchObject({
      role: 'tool',
      name: 'bash',
      text: expect.stringMatching(/<exit_code>3<\/exit_code>\n<stdout>\nfound/),
    });
    expect(requests[0]?.messages.find(({ role }) => role === 'user')?.text).toContain('Find the needle.');
  });

  it('does not run what comes after a submit, nor tells the model of it', async () => {
    const { commands, stop } = await solve([{ calls: [bash('one'), submit, bash('two')] }]);
    expect(stop).toBe('submitted');
    expect(commands).toEqual([['bash', '-c', 'one']]);
  });

  it('answers a malformed call instead of failing', async () => {
    const { commands, steps } = await solve([
      {
        calls: [
          ['bash', '{"cmd": 1'],
          ['python', '{}'],
        ],
      },
      { calls: [submit] },
    ]);
    expect(commands).toEqual([]);
    expect(steps[0]?.observations.map(({ text }) => text.slice(0, 7))).toEqual(['Not run', 'Not run']);
  });

  it.each([
    ['gave-up', 'stop'],
    ['output-limit', 'length'],
  ] as const)('nudges a model that does not act, then calls it %s', async (reason, finish) => {
    const { stop, requests } = await solve([
      { text: 'hm', finish },
      { text: 'hm', finish },
      { text: 'hm', finish },
    ]);
    expect(stop).toBe(reason);
    expect(requests).toHaveLength(3);
    expect(requests[1]?.messages.at(-1)).toMatchObject({
      role: 'user',
      text: expect.stringContaining('No action was taken'),
    });
  });

  it('stops at its step and token budgets', async () => {
    const busy = Array.from({ length: 9 }, () => ({ calls: [bash('true')], outputTokens: 100 }));
    expect(await solve(busy, { steps: 4 })).toMatchObject({ stop: 'step-limit', steps: { length: 4 } });
    expect(await solve(busy, { outputTokens: 250 })).toMatchObject({ stop: 'token-limit', steps: { length: 3 } });
  });

  it('shows head and tail of a long output and says how much is missing', async () => {
    const text = `${'a'.repeat(30_000)}END`;
    const { steps } = await solve([{ calls: [bash('x')] }, { calls: [submit] }], {
      run: () => anExecResult({ stdout: { text, bytes: text.length, truncated: false } }),
    });
    const shown = steps[0]?.observations[0]?.text ?? '';
    expect(shown.length).toBeLessThan(10_500);
    expect(shown).toMatch(/20003 bytes left out/);
    expect(shown).toMatch(/END\n<\/stdout>$/);
  });
});

describe('an instruction that changes', () => {
  const steering = { afterOutputTokens: 100, instruction: 'No, find the thread.' };
  const said = (text: string) => ({ role: 'assistant', text, reasoning: '', toolCalls: [] });

  it('does so in the midst of an answer: what was said stays, what it asked for is not done', async () => {
    const { stop, steps, requests, commands } = await solve(
      [{ text: 'Looking for the nee', isInterrupted: true }, { calls: [bash('grep thread')] }, { calls: [submit] }],
      { steering },
    );
    expect(stop).toBe('submitted');
    expect(commands).toEqual([['bash', '-c', 'grep thread']]);
    expect(steps.map(({ text, redirect, toolCalls }) => [text, redirect, toolCalls.length])).toEqual([
      ['Looking for the nee', 'No, find the thread.', 0],
      ['', undefined, 1],
      ['', undefined, 1],
    ]);
    const redirected = [said('Looking for the nee'), { role: 'user', text: 'No, find the thread.' }];
    expect(requests[1]?.messages.slice(-2)).toEqual(redirected);
    expect(requests[2]?.messages.slice(2, 4)).toEqual(redirected);
  });

  it('is told once, after so many tokens of the whole trial', async () => {
    const { steerings } = await solve(
      [
        { calls: [bash('one')], outputTokens: 30 },
        { calls: [bash('two')], outputTokens: 90 },
        { text: 'Nee', isInterrupted: true },
        { calls: [bash('three')] },
        { calls: [submit] },
      ],
      { steering },
    );
    expect(steerings.map((told) => told?.afterOutputTokens)).toEqual([100, 70, 1, undefined]);
  });

  it('is told to a model that was done before, which then goes on', async () => {
    const { stop, steps, requests } = await solve(
      [{ calls: [submit] }, { calls: [bash('grep')] }, { calls: [submit] }],
      {
        steering,
      },
    );
    expect(stop).toBe('submitted');
    expect(steps.map(({ redirect }) => redirect)).toEqual(['No, find the thread.', undefined, undefined]);
    expect(requests[1]?.messages.slice(-2)).toMatchObject([
      { role: 'tool', name: 'submit' },
      { role: 'user', text: 'No, find the thread.' },
    ]);
  });

  it('says nothing where nothing was said yet', async () => {
    const { requests } = await solve([{ text: '', isInterrupted: true }, { calls: [submit] }], { steering });
    expect(requests[1]?.messages.slice(-2).map(({ role }) => role)).toEqual(['user', 'user']);
  });

  it('counts the stopped answer in the budget of output tokens', async () => {
    const replies = [
      { text: 'x', isInterrupted: true, outputTokens: 150 },
      { calls: [bash('ls')] },
      { calls: [submit] },
    ];
    expect((await solve(replies, { steering, outputTokens: 155 })).stop).toBe('token-limit');
    expect((await solve(replies, { steering, outputTokens: 165 })).stop).toBe('submitted');
  });
});
