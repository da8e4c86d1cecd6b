import { join, resolve } from 'node:path';
import type { ModelSettings } from '../../domain/model/message.ts';
import { carryOutLatency, type ProbeCall } from '../../probe/latency/carry-out.ts';
import type { LatencyProbe } from '../../probe/latency/latency.ts';
import { cellsOf, costOf, planProbe } from '../../probe/latency/plan.ts';
import { callColumns, callRows } from '../../probe/latency/show/call-columns.ts';
import { latencyView } from '../../probe/latency/show/view.ts';
import { summariseLatency } from '../../probe/latency/summary.ts';
import type { ArmClient } from '../../probe/probe.ts';
import { csvHead, csvRows } from '../../report/table/format/csv.ts';
import { systemClock } from '../../run/metering/clock.ts';
import { watchLoop } from '../../run/metering/loop-delay.ts';
import { makeRedact } from '../../store/redact.ts';
import { chooseArms, openArms } from '../../wiring/arms.ts';
import { keysOf, prepareEndpoints, requireReachable } from '../../wiring/endpoints.ts';
import { packageRoot } from '../package-root.ts';
import type { CommandContext } from '../program.ts';
import { type Interrupt, watchInterrupt } from '../running/interrupt.ts';
import { jsonLines, type ProbeFile, streamFiles } from './files.ts';
import { finishProbe, stoppingProbe } from './finish.ts';
import { headerOf } from './header.ts';
import { showLatency } from './live.ts';
import { countOf, countsOf, type ProbeOptions } from './options.ts';
import { type ProbeTarget, readTarget } from './target.ts';

const settingsOf = ({ effort }: ProbeOptions): ModelSettings => ({ effort });

const planOf = (options: ProbeOptions, clients: readonly ArmClient[], seed: number) => {
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
  const cells = rows.map((row) => callColumns.map((column) => column.value(row)));
  return [
    { path: 'calls.jsonl', content: jsonLines(calls) },
    { path: 'calls.csv', content: csvHead(callColumns) + csvRows(cells, { columns: callColumns, raw: false }) },
  ];
};

const measure = async (
  { options, context, target }: { options: ProbeOptions; context: CommandContext; target: ProbeTarget },
  { clients, interrupt }: { clients: readonly ArmClient[]; interrupt: Interrupt },
): Promise<{ readonly probe: LatencyProbe; readonly calls: readonly ProbeCall[] }> => {
  const { seed } = target;
  const { cells, rounds, steps } = planOf(options, clients, seed);
  const header = headerOf('probe', { arms: clients, seed, clock: systemClock });
  const cost = costOf(steps);
  context.output.err(
    `${clients.length} arms, ${cost.calls} calls, about ${cost.tokens.toLocaleString('en-US')} tokens in and out\n`,
  );
  const isLate = watchLoop();
  using live = showLatency(context.output, { arms: clients, calls: cost.calls + clients.length });
  const calls = await carryOutLatency(steps, clients, {
    salt: header.probeId,
    seed,
    signal: interrupt.signal,
    onCalls: live.tell,
  });
  const engineTokensPerSecond =
    options.engineRate === undefined ? undefined : countOf('--engine-rate', options.engineRate);
  const summary = summariseLatency(header.arms, calls, engineTokensPerSecond);
  const probe = {
    ...header,
    kind: 'latency',
    degraded: isLate(),
    rounds,
    cells,
    engineTokensPerSecond,
    summary,
  } as const;
  return { probe, calls };
};

/** `tacho probe`: how fast endpoints answer, and what the way there is worth. */
export const probeLatency = async (options: ProbeOptions, context: CommandContext): Promise<void> => {
  using interrupt = watchInterrupt(context.output, stoppingProbe);
  const target = await readTarget(options, context);
  await using endpoints = await prepareEndpoints(target.endpoints, {
    fixtures: packageRoot,
    variables: context.variables,
    clock: systemClock,
    record: target.record,
  });
  await requireReachable(endpoints.descriptions);
  const clients = openArms(chooseArms(endpoints, options.transports), {
    endpoints,
    settings: settingsOf(options),
    clock: systemClock,
    signal: interrupt.signal,
  });
  const { probe, calls } = await measure({ options, context, target }, { clients, interrupt });
  const folder = join(resolve(context.workingFolder, options.results), 'probes', probe.probeId);
  await finishProbe(
    {
      folder,
      model: probe,
      view: latencyView(probe),
      files: [...filesOf(probe, calls), ...streamFiles(endpoints.recorder)],
    },
    {
      context,
      interrupt,
      json: options.json === true,
      redact: makeRedact(keysOf(target.endpoints, context.variables)),
    },
  );
};
