import type { Evidence } from '../../../analysis/evidence/evidence.ts';
import type { Check } from '../../verdict.ts';
import { failureP, holds, judgeProven, type Requirement } from './requirement.ts';

const finite = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isFinite(value) ? value : undefined;

/** What the evidence comes to: the verdict and all its numbers. */
export type Weighed = Pick<
  Check,
  | 'verdict'
  | 'lowerBound'
  | 'upperBound'
  | 'limit'
  | 'failureP'
  | 'method'
  | 'nTasks'
  | 'nTrials'
  | 'nValues'
  | 'nCalls'
> & { readonly observed: number };

/** Weighs the evidence for a requirement; without bounds only the observed value can speak. */
export const weigh = (
  evidence: Evidence,
  requirement: Requirement,
  { confidence, kind }: { readonly confidence: number; readonly kind: 'proven' | 'observed' },
): Weighed => {
  const { observed, method, nTasks, nTrials, nValues, nCalls } = evidence;
  const isProven = kind === 'proven' && evidence.bounds !== undefined;
  const bounds = evidence.bounds?.(confidence);
  return {
    verdict: isProven ? judgeProven(evidence, requirement, confidence) : holds(observed, requirement) ? 'pass' : 'fail',
    observed,
    lowerBound: finite(bounds?.lower),
    upperBound: finite(bounds?.upper),
    limit: requirement.limit,
    failureP: isProven ? failureP(evidence, requirement) : undefined,
    method: isProven || evidence.bounds === undefined ? method : 'the observed value',
    nTasks,
    nTrials,
    nValues,
    nCalls,
  };
};
