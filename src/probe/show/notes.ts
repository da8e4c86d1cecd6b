import type { ProbeHeader } from '../probe.ts';

/** What every probe must admit: which arms are simulated, and whether its clock was disturbed. */
export const notesOf = ({ arms, degraded }: Pick<ProbeHeader, 'arms' | 'degraded'>): readonly string[] => {
  const simulated = arms.filter(({ endpoint }) => endpoint.simulated);
  const who = simulated.length === arms.length ? 'Every endpoint here is' : 'Endpoints marked so are';
  return [
    ...(simulated.length === 0 ? [] : [`${who} simulated: paced by a profile, no model behind it.`]),
    ...(arms.some(({ endpoint }) => endpoint.replayed)
      ? ['Replayed endpoints play a recording back: nothing was asked of anybody.']
      : []),
    ...degraded.map((reason) => `This machine was busy: ${reason}.`),
  ];
};
