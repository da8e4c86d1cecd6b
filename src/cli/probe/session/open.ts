import { join, resolve } from 'node:path';
import type { Scheduling } from '../../../domain/run.ts';
import type { ArmClient } from '../../../probe/probe.ts';
import type { ProbeView } from '../../../probe/show/view.ts';
import { systemClock } from '../../../run/metering/clock.ts';
import { takePrecedence } from '../../../run/metering/precedence.ts';
import { makeRedact } from '../../../store/redact.ts';
import { chooseArms, openArms } from '../../../wiring/arms.ts';
import { keysOf, prepareEndpoints, requireReachable } from '../../../wiring/endpoints.ts';
import { packageRoot } from '../../package-root.ts';
import type { CommandContext } from '../../program.ts';
import { type Interrupt, watchInterrupt } from '../../running/interrupt.ts';
import { type ProbeFile, streamFiles } from './files.ts';
import { finishProbe, stoppingProbe } from './finish.ts';
import type { ProbeOptions } from './options.ts';
import { readTarget } from './target.ts';

/** An open probe: its arms can be called, its outcome can be kept. Disposing closes endpoints and simulator. */
export type OpenProbe = AsyncDisposable & {
  readonly clients: readonly ArmClient[];
  readonly seed: number;
  readonly scheduling: Scheduling;
  readonly interrupt: Interrupt;
  /** Writes the probe's folder, with what was recorded, prints what was found and sets the exit code. */
  finish(probe: {
    readonly model: { readonly probeId: string };
    readonly view: ProbeView;
    readonly files: readonly ProbeFile[];
  }): Promise<void>;
};

/** Opens what the flags or the configuration name. Throws UserError for what cannot be probed. */
export const openProbe = async (options: ProbeOptions, context: CommandContext): Promise<OpenProbe> => {
  await using stack = new AsyncDisposableStack();
  const interrupt = stack.use(watchInterrupt(context.output, stoppingProbe));
  const { endpoints: declared, seed, record } = await readTarget(options, context);
  const { variables, workingFolder } = context;
  const prepare = { fixtures: packageRoot, variables, clock: systemClock, record };
  const { scheduling } = stack.use(await takePrecedence(variables));
  const endpoints = stack.use(await prepareEndpoints(declared, prepare));
  await requireReachable(endpoints.descriptions);
  const clients = openArms(chooseArms(endpoints, options.transports), {
    endpoints,
    settings: { effort: options.effort },
    clock: systemClock,
    signal: interrupt.signal,
  });
  const opened = stack.move();
  return {
    clients,
    seed,
    scheduling,
    interrupt,
    finish: ({ model, view, files }) =>
      finishProbe(
        {
          folder: join(resolve(workingFolder, options.results), 'probes', model.probeId),
          model,
          view,
          files: [...files, ...streamFiles(endpoints.recorder)],
        },
        { context, interrupt, json: options.json === true, redact: makeRedact(keysOf(declared, variables)) },
      ),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
};
