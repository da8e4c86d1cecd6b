import { sanitiseLine } from '../../report/sanitise.ts';
import type { GateReport, GateVerdict } from '../verdict.ts';
import { checkLine, clipped, decisive, verdictWords } from './say-check.ts';

/** GitHub shows ten of a kind a step. */
const shownAtMost = 10;

const message = (text: string): string =>
  sanitiseLine(clipped(text)).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const rank = ({ effect, verdict }: GateVerdict): number =>
  (effect === 'blocks' ? 0 : 10) + ['fail', 'not_evaluated', 'inconclusive'].indexOf(verdict);

const annotation = (gate: GateVerdict, file: string): string => {
  const kind = gate.effect === 'blocks' ? 'error' : 'warning';
  const place = `file=${property(file)},line=${gate.line},col=${gate.column}`;
  const title = property(`${verdictWords[gate.verdict]}: ${gate.name}`);
  const found = decisive(gate).map(checkLine).join('; ');
  return `::${kind} ${place},title=${title}::${message(`${gate.sentence} ${found}`)}`;
};

/** GitHub annotations of the gates that block or warn, the worst first, at their lines of the gate file; at most ten. */
export const gateAnnotations = (report: GateReport, file: string): readonly string[] =>
  report.gates
    .filter(({ effect }) => effect !== 'none')
    .toSorted((left, right) => rank(left) - rank(right))
    .slice(0, shownAtMost)
    .map((gate) => annotation(gate, file));
