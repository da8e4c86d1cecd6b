import type { ReportModel } from '../model.ts';
import { sanitiseLine } from '../sanitise.ts';

/** How a chart names a contender, and its place in the manifest, which gives its colour. */
export const labelOf = (model: ReportModel, contender: string): { readonly text: string; readonly index: number } => {
  const index = model.contenders.findIndex(({ name }) => name === contender);
  return { text: sanitiseLine(model.contenders[index]?.label ?? contender), index };
};
