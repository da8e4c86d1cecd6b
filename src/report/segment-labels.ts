import type { SegmentName } from '../domain/trial.ts';

/** What each exclusive segment of a trial's wall-clock is called, and what it holds. */
export const segmentLabels: Readonly<Record<SegmentName, { readonly label: string; readonly meaning: string }>> = {
  queue: { label: 'Queue', meaning: 'waiting for a free place in the run' },
  'sandbox-set-up': { label: 'Sandbox set-up', meaning: 'creating and starting the container' },
  'model-wait': { label: 'Model wait', meaning: 'rate limits, back-off and retries before a request went out' },
  ttft: { label: 'TTFT', meaning: 'dispatch to first token, over all turns' },
  decode: { label: 'Decode', meaning: 'first token to the end of the answer, over all turns' },
  tool: { label: 'Tools', meaning: "the agent's commands in the sandbox" },
  harness: { label: 'Harness', meaning: 'our own work between the steps' },
  verify: { label: 'Verification', meaning: "the task's own verifier" },
  teardown: { label: 'Teardown', meaning: 'removing the container' },
};
