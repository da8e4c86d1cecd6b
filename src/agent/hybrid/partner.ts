import { InfraError } from '../../domain/errors.ts';
import type { AgentTools, Model } from '../agent.ts';

/** The second model of a hybrid. Throws InfraError where the contender has none, which the configuration rules out. */
export const requirePartner = ({ partner }: AgentTools): Model => {
  if (partner !== undefined) return partner;
  throw new InfraError(
    'agent',
    'no-partner',
    'this agent works with two endpoints, and the contender names no `partner`',
  );
};
