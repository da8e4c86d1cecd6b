import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** A Vega-Lite specification as SVG text, drawn without a browser; the same text for the same specification. */
export const svgOf = async (specification: TopLevelSpec): Promise<string> => {
  const view = new View(parse(compile(specification).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
};
