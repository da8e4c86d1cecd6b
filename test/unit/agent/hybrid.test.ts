import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../src/agent/agent.ts';
import { cascade } from '../../../src/agent/hybrid/cascade.ts';
import { planThenExecute } from '../../../src/agent/hybrid/plan-then-execute.ts';
import { EndpointError } from '../../../src/domain/model/endpoint-error.ts';
import { agentTools, anExecResult, type ScriptedReply, scriptedModel } from '../../support/agent-tools.ts';
import { aTask } from '../../support/tasks.ts';

const bash = (command: string): readonly [string, string] => ['bash', JSON.stringify({ command })];
const submit: readonly [string, string] = ['submit', '{}'];

const solve = async (
  agent: Agent,
  {
    first,
    partner,
    exitCode = 0,
  }: { first: readonly ScriptedReply[]; partner: readonly ScriptedReply[]; exitCode?: number },
) => {
  const models = { first: scriptedModel(first), partner: scriptedModel(partner) };
  const tools = agentTools(models.first, {
    run: (command) => anExecResult({ exitCode: command.at(-1) === 'make test' ? exitCode : 0 }),
  });
  const solving = agent.solve(aTask({ instruction: 'Find the needle.' }), { ...tools, partner: models.partner });
  for (;;) {
    const next = await solving.next();
    if (next.done)
      return {
        stop: next.value,
        commands: tools.commands.map((command) => command.at(-1)),
        asked: { first: models.first.requests.length, partner: models.partner.requests.length },
        partnerRequests: models.partner.requests,
        firstRequests: models.first.requests,
      };
  }
};

describe('cascade', () => {
  it('leaves the partner alone when the first model submits', async () => {
    const { stop, asked } = await solve(cascade(), { first: [{ calls: [submit] }], partner: [] });
    expect({ stop, asked }).toEqual({ stop: 'submitted', asked: { first: 1, partner: 0 } });
  });

  it('hands over when the first model gives up, in the same container', async () => {
    const { stop, commands, partnerRequests } = await solve(cascade(), {
      first: [{ calls: [bash('touch one')] }],
      partner: [{ calls: [bash('touch two'), submit] }],
    });
    expect(stop).toBe('submitted');
    expect(commands).toEqual(['touch one', 'touch two']);
    expect(partnerRequests[0]?.messages[1]).toMatchObject({
      role: 'user',
      text: expect.stringMatching(/Find the needle[\s\S]*gave up/),
    });
  });

  it('hands over when the conversation outgrew the first model, and not when its endpoint broke', async () => {
    const failing = (fault: 'context-overflow' | 'server-error') => ({
      first: [{ calls: [bash('touch one')] }, { error: new EndpointError(fault, 'no', { phase: 'headers' }) }],
      partner: [{ calls: [submit] }],
    });
    const { stop, asked } = await solve(cascade(), failing('context-overflow'));
    expect({ stop, asked }).toEqual({ stop: 'submitted', asked: { first: 2, partner: 1 } });
    await expect(solve(cascade(), failing('server-error'))).rejects.toMatchObject({ fault: 'server-error' });
  });

  it("hands over when the user's check fails, and not when it holds", async () => {
    const replies = { first: [{ calls: [submit] }], partner: [{ calls: [submit] }] };
    expect((await solve(cascade({ check: 'make test' }), { ...replies, exitCode: 1 })).asked.partner).toBe(1);
    expect((await solve(cascade({ check: 'make test' }), { ...replies, exitCode: 0 })).asked.partner).toBe(0);
  });

  it('gives the first model its share of steps only', async () => {
    const busy = Array.from({ length: 9 }, () => ({ calls: [bash('true')] }));
    const { asked, stop } = await solve(cascade({ firstSteps: 3 }), { first: busy, partner: [{ calls: [submit] }] });
    expect({ asked, stop }).toEqual({ asked: { first: 3, partner: 1 }, stop: 'submitted' });
  });
});

describe('plan-then-execute', () => {
  it('lets the partner plan and the first model act on the plan', async () => {
    const { stop, asked, firstRequests } = await solve(planThenExecute, {
      first: [{ calls: [submit] }],
      partner: [{ text: 'Look under the haystack.' }],
    });
    expect({ stop, asked }).toEqual({ stop: 'submitted', asked: { first: 1, partner: 1 } });
    expect(firstRequests[0]?.messages[1]).toMatchObject({
      text: expect.stringMatching(/Find the needle[\s\S]*Look under the haystack/),
    });
  });
});
