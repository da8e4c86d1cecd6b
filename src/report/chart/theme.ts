import { type SegmentName, segmentNames } from '../../domain/trial.ts';

/** Colours and type of all charts. Two instances: one of plain colours for files, one of CSS variables for the page (light, dark and print). */
export type ChartTheme = {
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly surface: string;
  /** By contender, in the manifest's order. */
  readonly contenders: readonly string[];
  readonly segments: Readonly<Record<SegmentName, string>>;
};

/**
 * Okabe & Ito's colours (2008), distinguishable by colour-blind readers, darkened where text needs it, and three more. After the tenth contender they
 * begin again; names stand beside all marks.
 */
export const contenderColours = [
  '#d55e00',
  '#0072b2',
  '#009e73',
  '#b8679c',
  '#c98a00',
  '#3d94c9',
  '#5f5f5f',
  '#6f3fa0',
  '#8a5a2b',
  '#a3243b',
] as const;

/** Model time in blues, tools in orange, judging in green, our own overhead in greys. */
const segmentColours: Readonly<Record<SegmentName, string>> = {
  queue: '#d3d2cc',
  'sandbox-set-up': '#b4b3ac',
  'model-wait': '#bfd7ea',
  ttft: '#6aa5d3',
  decode: '#1f6aa5',
  tool: '#e69f00',
  harness: '#8f8e87',
  verify: '#5fae90',
  teardown: '#6f6e68',
};

export const paperTheme: ChartTheme = {
  ink: '#1d1d1b',
  muted: '#6b6a66',
  faint: '#e7e5df',
  surface: '#ffffff',
  contenders: contenderColours,
  segments: segmentColours,
};

/** The same roles as CSS variables that the page's style sheet defines. */
export const pageTheme: ChartTheme = {
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  faint: 'var(--faint)',
  surface: 'var(--surface)',
  contenders: contenderColours.map((_, index) => `var(--contender-${index})`),
  segments: Object.fromEntries(segmentNames.map((name) => [name, `var(--segment-${name})`])) as ChartTheme['segments'],
};

/** The colour of the how-many-th contender. */
export const contenderColour = (theme: ChartTheme, index: number): string =>
  theme.contenders[index % theme.contenders.length] ?? theme.ink;

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';

/** Vega-Lite's config: no boxes, thin grid, quiet axes, text in the page's font. */
export const chartConfig = (theme: ChartTheme) => ({
  background: theme.surface,
  font,
  padding: 4,
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    grid: true,
    gridColor: theme.faint,
    gridWidth: 1,
    labelColor: theme.muted,
    labelFontSize: 12,
    labelPadding: 6,
    titleColor: theme.muted,
    titleFontSize: 12,
    titleFontWeight: 'normal' as const,
    titlePadding: 10,
  },
  legend: {
    labelColor: theme.muted,
    labelFontSize: 12,
    titleColor: theme.muted,
    symbolFillColor: theme.muted,
    symbolStrokeWidth: 0,
  },
  // The points beside them say it all; labels would say it twice.
  text: { color: theme.ink, fontSize: 12, aria: false },
});
