/** The name of the selection in every figure in which contenders lie over each other. */
export const pickedName = 'picked';

/** A click on a mark picks its contender, a click beside the marks lets go again. */
export const picksContender = [
  { name: pickedName, select: { type: 'point', fields: ['name'], toggle: false } },
] as const;

const faded = 0.25;

/** A mark's opacity: its own as long as its contender is picked or none is, else a quarter of it. */
export const litOpacity = (opacity: number) =>
  ({ condition: { param: pickedName, value: opacity }, value: opacity * faded }) as const;

/** The same where the opacity stands in the data. */
export const litOpacityOf = (field: string) =>
  ({ condition: { param: pickedName, field, type: 'quantitative', scale: null }, value: faded }) as const;
