import { describe, expect, it } from 'vitest';
import type { LatencyProbe } from '../../../../../src/probe/latency/latency.ts';
import { cellsOf } from '../../../../../src/probe/latency/plan.ts';
import { latencyView } from '../../../../../src/probe/latency/show/view.ts';
import { summariseLatency } from '../../../../../src/probe/latency/summary.ts';
import { renderProbeConsole } from '../../../../../src/probe/show/console.ts';
import { probePage } from '../../../../../src/probe/show/page.ts';
import { anArm, someCalls } from '../../../../support/probe-calls.ts';

const arms = [anArm('spark/sse'), anArm('spark/websocket')];
const times = {
  'spark/sse': { signMs: 50, ttftMs: 300, perTokenUs: 1200 },
  'spark/websocket': { signMs: 10, ttftMs: 150, perTokenUs: 1140 },
};
const aProbe = (changes: Partial<LatencyProbe> = {}): LatencyProbe => ({
  schema: 1,
  kind: 'latency',
  probeId: 'probe-1',
  createdAt: '2026-03-01T10:00:00.000Z',
  tacho: { version: '0.1.0' },
  host: { platform: 'linux', architecture: 'x64', cpus: 2, node: '24' },
  seed: 1,
  arms,
  degraded: [],
  rounds: 8,
  cells: cellsOf({ promptTokens: [100, 1000], outputTokens: [64], streams: [2] }),
  summary: summariseLatency(arms, someCalls(times)),
  ...changes,
});

describe('what a latency probe says', () => {
  it('begins with what one transport saves, and says that it is simulated', () => {
    const text = renderProbeConsole(latencyView(aProbe()));
    expect(text.split('\n')[0]).toBe(
      'spark (simulated): websocket instead of sse takes 80% (80–80) off the round trip, 50% (50–50) off TTFT, 30% (30–30) off the overhead per token.',
    );
    expect(text).toContain('Every endpoint here is simulated');
    expect(text).toMatch(/round trip +50 ms \(50–50 ms\) +10 ms \(10–10 ms\)/);
  });

  it('says time per token where no engine states its own, and a dash where nothing is known', () => {
    const calls = someCalls(times).map((call) => ({ ...call, turn: { ...call.turn, serverTiming: undefined } }));
    const view = latencyView(aProbe({ summary: summariseLatency(arms, calls as ReturnType<typeof someCalls>) }));
    expect(view.headline[0]).toMatch(/takes .*, 5% \(5–5\) off the time per token/);
    const row = view.tables
      .find(({ id }) => id === 'comparisons')
      ?.rows.find(([name]) => name === 'overhead per token');
    expect(row?.[1]).toBe('–');
  });

  it('says that a transport adds where it adds', () => {
    const swapped = { 'spark/sse': times['spark/websocket'], 'spark/websocket': times['spark/sse'] };
    const view = latencyView(aProbe({ summary: summariseLatency(arms, someCalls(swapped)) }));
    expect(view.headline[0]).toContain('adds 400% (400–400) to the round trip, 100% (100–100) to TTFT');
  });

  it('makes a page that loads and runs nothing, hostile names included', async () => {
    const hostile = anArm('<script>alert(1)</script>', { id: '"><img src=x onerror=alert(1)>', model: 'x' });
    const calls = someCalls({ [hostile.id]: times['spark/sse'] });
    const page = await probePage(latencyView(aProbe({ arms: [hostile], summary: summariseLatency([hostile], calls) })));
    expect(page).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
    expect(page).not.toMatch(/<script|<img|https?:\/\/(?!www\.w3\.org)/);
    expect(page).toContain('&lt;script&gt;');
  });
});
