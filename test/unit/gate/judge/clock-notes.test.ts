import { expect, it } from 'vitest';
import { judge } from '../../../support/gate-report.ts';
import { aMeasuredRun, resolved } from '../../../support/measured-run.ts';

const notesOf = async (gate: string) => {
  const run = await aMeasuredRun({
    tasks: 10,
    trial: ({ contender, task }) => ({
      verdict: resolved,
      agentMs: 5000 + task,
      degraded: contender === 'spark' && task < 4 ? ['late stamps'] : [],
    }),
  });
  return judge(`  - { name: g, ${gate} }\n`, { run }).gates[0]?.checks[0]?.notes;
};

it('a gate on a time says of how many trials the clock is not to be trusted', async () => {
  expect(await notesOf('contender: spark, metric: agent_time, at_most: 9 s')).toEqual([
    'the clock is not to be trusted in 4 of 10 trials (degraded)',
  ]);
  expect(await notesOf('contender: codex, metric: agent_time, not_worse_than: spark, by_more_than: 9 s')).toEqual([
    'the clock is not to be trusted in 4 of 20 trials (degraded)',
  ]);
});

it('a gate on a share of trials, or on good clocks, has nothing to say of them', async () => {
  expect(await notesOf('contender: spark, metric: pass_rate, at_least: 50%')).toEqual([]);
  expect(await notesOf('contender: codex, metric: agent_time, at_most: 9 s')).toEqual([]);
});
