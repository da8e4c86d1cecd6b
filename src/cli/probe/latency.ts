import { carryOutLatency, type ProbeCall } from '../../probe/latency/carry-out.ts';
import { countOutput, markEstimated } from '../../probe/latency/count-output.ts';
import type { LatencyProbe } from '../../probe/latency/latency.ts';
import { cellsOf, costOf, planProbe } from '../../probe/latency/plan.ts';
import { callColumns, callRows } from '../../probe/latency/show/call-columns.ts';
import { latencyView } from '../../probe/latency/show/view.ts';
import { summariseLatency } from '../../probe/latency/summary.ts';
import { systemClock } from '../../run/metering/clock.ts';
import { watchLoop } from '../../run/metering/loop-delay.ts';
import { createTokenCounter } from '../../run/tokens/count-tokens.ts';
import type { CommandContext } from '../program.ts';
import { showLatency } from './live.ts';
import { jsonLines, type ProbeFile, tableFile } from './session/files.ts';
import { headerOf } from './session/header.ts';
import { type OpenProbe, openProbe } from './session/open.ts';
import { counted, countOf, countsOf, type ProbeOptions } from './session/options.ts';

const planOf = (options: ProbeOptions, { clients, seed }: OpenProbe) => {
  const cells = cellsOf({
    promptTokens: countsOf('--prompt-tokens', options.promptTokens),
    outputTokens: countsOf('--output-tokens', options.outputTokens),
    streams: countsOf('--concurrency', options.concurrency),
  });
  const rounds = countOf('--rounds', options.rounds);
  return { cells, rounds, steps: planProbe(cells, { arms: clients.map(({ id }) => id), rounds, seed }) };
};

const filesOf = (probe: LatencyProbe, calls: readonly ProbeCall[]): readonly ProbeFile[] => {
  const rows = callRows(calls, { arms: probe.arms, engineRate: probe.engineTokensPerSecond });
  return [{ path: 'calls.jsonl', content: jsonLines(calls) }, tableFile('calls.csv', rows, callColumns)];
};

const measure = async (
  open: OpenProbe,
  options: ProbeOptions,
  { output }: CommandContext,
): Promise<{ readonly probe: LatencyProbe; readonly calls: readonly ProbeCall[] }> => {
  const { clients, seed, scheduling, interrupt } = open;
  const { cells, rounds, steps } = planOf(options, open);
  const { engineRate } = options;
  const engineTokensPerSecond = engineRate === undefined ? undefined : countOf('--engine-rate', engineRate);
  const header = headerOf('probe', { arms: clients, seed, clock: systemClock, scheduling });
  const cost = costOf(steps);
  // Each arm is called once more, to connect.
  const total = cost.calls + clients.length;
  const tokens = cost.tokens.toLocaleString('en-US');
  output.err(`${counted(clients.length, 'way')}, ${total} calls, about ${tokens} tokens in and out\n`);
  const loopDelay = watchLoop();
  using live = showLatency(output, { arms: clients, calls: total });
  const how = { salt: header.probeId, seed, signal: interrupt.signal, onCalls: live.tell };
  const uncounted = await carryOutLatency(steps, clients, how);
  const { doubts: degraded } = loopDelay();
  await using counter = createTokenCounter();
  const calls = await countOutput(uncounted, counter.count);
  const arms = markEstimated(header.arms, calls);
  const summary = summariseLatency(arms, calls, engineTokensPerSecond);
  const probe = {
    ...header,
    kind: 'latency',
    arms,
    degraded,
    rounds,
    cells,
    engineTokensPerSecond,
    summary,
  } as const;
  return { probe, calls };
};

/** `tacho probe`: how fast endpoints answer, and what the way there is worth. */
export const probeLatency = async (options: ProbeOptions, context: CommandContext): Promise<void> => {
  await using open = await openProbe(options, context);
  const { probe, calls } = await measure(open, options, context);
  await open.finish({ model: probe, view: latencyView(probe), files: filesOf(probe, calls) });
};
