import { gateExitCodes } from '../gate/verdict.ts';

/** Exit codes are an interface: stable, documented in docs/cli.md. */
export const exitCode = {
  ok: 0,
  internalError: 1,
  invalidInput: 2,
  gateFailed: gateExitCodes.fail,
  gateInconclusive: gateExitCodes.inconclusive,
  gateNotEvaluated: gateExitCodes.not_evaluated,
  /** `tacho check`: a control did not do what it must. */
  controlsFailed: 13,
  environmentNotReady: 20,
  endpointRefused: 21,
  budgetReached: 22,
  runIncomplete: 23,
  interrupted: 130,
  killed: 131,
  terminated: 143,
} as const;
