import { duration } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { sanitise, sanitiseLine } from '../../sanitise.ts';
import { type HtmlNode, h } from '../node.ts';

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** The budgets of the configuration, whatever they are. */
const budgetsOf = (config: unknown): string => {
  const { budgets } = (config ?? {}) as { readonly budgets?: Readonly<Record<string, unknown>> };
  const parts = Object.entries(budgets ?? {}).map(([name, value]) =>
    typeof value === 'number' && (name === 'time' || name === 'command')
      ? `${name} ${duration(value)}`
      : `${name} ${String(value)}`,
  );
  return parts.length === 0 ? 'as the tasks state them' : `${parts.join(', ')}; otherwise as the tasks state them`;
};

const factsOf = ({ run, contenders, quality, summary }: ReportModel): readonly (readonly [string, string])[] => [
  ['Run', `${run.runId} (${run.name})`],
  [
    'Started',
    [quality.firstStartedAt, quality.lastStartedAt].filter((time) => time !== undefined).join(' – last trial ') ||
      run.createdAt,
  ],
  ['Tacho', run.tacho.version],
  [
    'Host',
    `${run.host.platform} ${run.host.architecture}, ${run.host.cpus} CPUs, ${gibibytes(run.host.memoryBytes)}, Node ${run.host.node}${run.host.scheduling === undefined ? '' : `, scheduled as ${run.host.scheduling}`}`,
  ],
  [
    'Engine',
    run.engine === undefined
      ? 'none'
      : `${run.engine.version} (API ${run.engine.apiVersion}, ${run.engine.storageDriver}, ${run.engine.runtime})`,
  ],
  [
    'Plan',
    `seed ${run.seed}, ${run.attempts} trial${run.attempts === 1 ? '' : 's'} a task and contender, ${run.concurrency} at a time`,
  ],
  ['Budgets', budgetsOf(run.config)],
  ...run.suites.map(({ name, version, format, source, tasks }): readonly [string, string] => [
    `Suite ${name}`,
    `version ${version}, ${format}, ${tasks} tasks, from ${source}`,
  ]),
  ...contenders.map(({ label, agent, endpoints, settings }): readonly [string, string] => [
    label,
    [
      `agent ${agent}`,
      ...endpoints.map(
        ({ model, protocol, transport, tier, address }) =>
          `${model} at ${address} (${protocol} over ${transport}, ${tier})`,
      ),
      ...Object.entries(settings).map(([key, value]) => `${key} ${value}`),
    ].join(', '),
  ]),
  [
    'Intervals',
    `95%; pass rates: Wilson on effective n with the t quantile, clustered by task; times: two-stage bootstrap, ${summary.bootstrap.replicates.toLocaleString('en-US')} replicates, seed ${summary.bootstrap.seed}`,
  ],
];

/** What somebody needs to run it again and get comparable numbers. */
export const reproductionView = (model: ReportModel): readonly HtmlNode[] => [
  h(
    'dl',
    { class: 'facts' },
    ...factsOf(model).flatMap(([term, text]) => [h('dt', {}, sanitiseLine(term)), h('dd', {}, sanitiseLine(text))]),
  ),
  h(
    'p',
    {},
    'Build this report again from the log alone: ',
    h('code', {}, `tacho report ${sanitiseLine(model.run.runId)}`),
    '. Run the same plan again: ',
    h('code', {}, 'tacho run'),
    ' with the configuration below.',
  ),
  h(
    'details',
    {},
    h('summary', {}, 'Configuration as given, secrets replaced'),
    h('pre', {}, sanitise(JSON.stringify(model.run.config, null, 2) ?? '')),
  ),
];
