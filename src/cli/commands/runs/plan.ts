import { resolve } from 'node:path';
import { type Design, planRun } from '../../../analysis/planning/run-plan.ts';
import type { PriceList } from '../../../domain/model/prices.ts';
import { priceListOf } from '../../../domain/run.ts';
import { forecastGates } from '../../../gate/outlook/outlook.ts';
import { inertJson } from '../../../gate/output/json.ts';
import { planText } from '../../../gate/output/plan-text.ts';
import type { Config } from '../../../run/config/schema.ts';
import { loadSuites, needsEndpoint, needsPartner } from '../../../wiring.ts';
import { readGateFile, readMeasured, turnMetricsOf } from '../../judging/read.ts';
import type { CommandContext, RegisterCommand } from '../../program.ts';
import { readConfig } from '../../running/run-config.ts';

type PlanOptions = {
  readonly config: string;
  readonly gates?: string;
  readonly pilot?: string;
  readonly json?: boolean;
};

/** What a contender may call, with its prices. */
const endpointsOf =
  ({ contenders }: Config, prices: PriceList): Design['endpointsOf'] =>
  (name) => {
    const found = contenders.find((contender) => contender.name === name);
    if (found === undefined || !needsEndpoint(found.agent)) return [];
    const ids = needsPartner(found.agent) ? [found.endpoint, found.partner] : [found.endpoint];
    return ids.filter((id) => id !== undefined).map((id) => ({ id, prices: prices.get(id) }));
  };

const designOf = async (config: Config, prices: PriceList, { variables }: CommandContext): Promise<Design> => {
  const suites = await loadSuites(config, variables);
  return {
    tasks: suites.flatMap(({ tasks }) =>
      tasks.map(({ suite, id, difficulty, category, tags, language }) => ({
        suite,
        task: id,
        difficulty,
        category,
        tags,
        language,
      })),
    ),
    contenders: config.contenders.map(({ name }) => name),
    endpointsOf: endpointsOf(config, prices),
    attempts: config.attempts,
    concurrency: config.concurrency,
  };
};

/** Nothing is called, so no key is needed: every variable counts as set. */
const everyKeySet: Readonly<Record<string, string>> = new Proxy({}, { get: () => 'not needed' });

const plan = async (options: PlanOptions, context: CommandContext): Promise<void> => {
  const { output, workingFolder } = context;
  const config = await readConfig(resolve(workingFolder, options.config), everyKeySet);
  const file =
    options.gates === undefined ? undefined : await readGateFile(resolve(workingFolder, options.gates), options.gates);
  const stated = Object.entries(config.endpoints).map(([id, { prices }]) => ({ id, prices }));
  const prices: PriceList = new Map([...priceListOf(stated), ...(file?.prices ?? [])]);
  const pilot =
    options.pilot === undefined
      ? undefined
      : await readMeasured(resolve(workingFolder, options.pilot), {
          turnMetrics: file === undefined ? [] : turnMetricsOf(file),
          prices,
        });
  const design = await designOf(config, prices, context);
  const planned = planRun(design, { pilot });
  const forecasts = file === undefined ? [] : forecastGates(file, { design, pilot });
  output.out(
    options.json
      ? inertJson({ plan: planned, gates: forecasts })
      : planText(planned, { forecasts, colour: output.colour }),
  );
};

/** `tacho plan`: what a run will take and be able to tell, before a token is spent. */
export const registerPlan: RegisterCommand = (program, context) => {
  program
    .command('plan')
    .description(
      'before a run: trials, time, tokens, cost, the smallest difference it can find, how its gates will come out',
    )
    .option('-c, --config <file>', 'configuration file', 'tacho.yaml')
    .option(
      '-g, --gates <file>',
      'gate file: how often each gate would pass an equal model; its prices go before those of the configuration',
    )
    .option('-p, --pilot <run>', 'folder of a run that shows how times, tokens and scores vary')
    .option('--json', 'print one object')
    .action((options: PlanOptions) => plan(options, context));
};
