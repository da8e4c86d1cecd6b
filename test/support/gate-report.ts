import { readGates } from '../../src/gate/file/read-gates.ts';
import { evaluateGates } from '../../src/gate/judge/evaluate.ts';
import type { GateSources } from '../../src/gate/judge/subject.ts';
import type { GateReport } from '../../src/gate/verdict.ts';

/** Judges gates written as the entries of a gates.yaml; `header` goes above them. */
export const judge = (gates: string, sources: GateSources, header = ''): GateReport =>
  evaluateGates(readGates(`version: 1\n${header}gates:\n${gates}`, 'gates.yaml'), sources, { ifInconclusive: 'fail' });
