import { type FrontierAxis, isCostAxis } from '../../../analysis/estimate.ts';
import type { ReportModel } from '../../model.ts';
import type { HtmlNode } from '../node.ts';
import { gridView } from './grid-view.ts';
import { headerView } from './header-view.ts';
import {
  acceptabilityTwin,
  compositesView,
  forestTwin,
  preferencesView,
  reliabilityTwin,
  speedUpView,
} from './numbers/choice-views.ts';
import { contenderTable } from './numbers/contender-table.ts';
import { costView } from './numbers/cost-view.ts';
import { decodeTwin, modelledTwin, ttftTwin, whatIfView } from './numbers/speed-views.ts';
import { anatomyTwin, attainableView, crossingTwin, frontierTwin, solvedTwin } from './numbers/twins.ts';
import { qualityView } from './quality-view.ts';

/** What the page shows now: a model, perhaps of some tasks only, and the axis of the frontier. */
export type Shown = { readonly model: ReportModel; readonly axis: FrontierAxis };

type Part = (shown: Shown) => readonly HtmlNode[];

const some = (...nodes: readonly (HtmlNode | undefined)[]): readonly HtmlNode[] =>
  nodes.filter((node) => node !== undefined);

/** The parts of the page that are made again when a filter changes, by name; each stands in the element `part-<name>`. */
export const livingParts = {
  header: ({ model }) => headerView(model),
  'frontier-twin': ({ model, axis }) =>
    some(isCostAxis(axis) ? undefined : compositesView(model), attainableView(model, axis), frontierTwin(model, axis)),
  'solved-twin': ({ model }) => some(solvedTwin(model), crossingTwin(model)),
  table: ({ model }) => [contenderTable(model)],
  cost: ({ model }) => costView(model),
  'anatomy-twin': ({ model }) => [anatomyTwin(model)],
  'speed-up': ({ model }) => some(speedUpView(model)),
  'ttft-twin': ({ model }) => [ttftTwin(model)],
  'decode-twin': ({ model }) => [decodeTwin(model)],
  'modelled-twin': ({ model }) => [modelledTwin(model)],
  'what-if': ({ model }) => [whatIfView(model)],
  'forest-twin': ({ model }) => some(forestTwin(model)),
  'reliability-twin': ({ model }) => [reliabilityTwin(model)],
  preferences: ({ model }) => some(preferencesView(model)),
  'acceptability-twin': ({ model }) => [acceptabilityTwin(model)],
  grid: ({ model }) => [gridView(model)],
  quality: ({ model }) => qualityView(model),
} as const satisfies Readonly<Record<string, Part>>;

export type PartId = keyof typeof livingParts;
