import { expect, it } from 'vitest';
import type { AgentReplay } from '../../../../src/probe/replay/replay.ts';
import { replayView } from '../../../../src/probe/replay/show/view.ts';
import { summariseReplay } from '../../../../src/probe/replay/summary.ts';
import { renderProbeConsole } from '../../../../src/probe/show/console.ts';
import { probePage } from '../../../../src/probe/show/page.ts';
import { aJobRun } from '../../../support/jobs.ts';
import { anArm } from '../../../support/probe-calls.ts';

const runs = ['a', 'b', 'c'].flatMap((trialId, index) => [
  aJobRun({ trialId, startMs: index * 2000, jobMs: 2000 }),
  aJobRun({ trialId, agents: 8, startMs: 10_000, jobMs: 3000 }),
]);
const replay: AgentReplay = {
  schema: 1,
  kind: 'agent-replay',
  probeId: 'replay-1',
  createdAt: '2026-03-01T10:00:00.000Z',
  tacho: { version: '0.1.0' },
  host: { platform: 'linux', architecture: 'x64', cpus: 2, node: '24' },
  seed: 1,
  arms: [anArm('spark', { id: 'spark', replayed: true })],
  degraded: [],
  source: { runId: 'demo-1', jobs: 3, turns: 9 },
  agents: [1, 8],
  pauses: 0.5,
  figures: summariseReplay(['spark'], runs),
};

it('says how long a job takes under most load and alone, and where it came from', async () => {
  const view = replayView(replay);
  expect(view.headline).toEqual([
    'spark (simulated, replayed), 8 agents: a job in 3.0 s, 1.50 times (1.50–1.50) as long as alone; 60.0 jobs/min.',
    'spark (simulated, replayed), 1 agent: a job in 2.0 s; 30.0 jobs/min.',
  ]);
  const text = renderProbeConsole(view);
  expect(text).toContain('Replayed endpoints play a recording back');
  expect(text).toMatch(/spark \(simulated, replayed\) +8 +3\.0 s +– +3\.0 s +1\.50 times/);
  const page = await probePage(view);
  expect(page).toContain('3 jobs of 9 turns from demo-1, tool pauses × 0.5');
  expect(page).toContain('<svg');
});
