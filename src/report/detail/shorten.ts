import type { DetailStep, TrialDetail } from './trial-detail.ts';

/** Keeps the head and the tail of a long text and says how much is missing between them. */
const shortenText = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const head = Math.ceil(limit * 0.6);
  const tail = limit - head;
  return `${text.slice(0, head)}\n… ${(text.length - limit).toLocaleString('en-US')} characters left out …\n${tail === 0 ? '' : text.slice(-tail)}`;
};

const shortenStep = (step: DetailStep, limit: number): DetailStep => ({
  ...step,
  message: shortenText(step.message, limit),
  reasoning: shortenText(step.reasoning, limit),
  calls: step.calls.map(({ name, argumentsText }) => ({ name, argumentsText: shortenText(argumentsText, limit) })),
  results: step.results.map((result) => ({ ...result, text: shortenText(result.text, limit) })),
});

/** The same trial with no text longer than `limit` characters; says so where something was cut. */
export const shortenDetail = (detail: TrialDetail, limit: number): TrialDetail => {
  const shorter: TrialDetail = {
    ...detail,
    steps: detail.steps.map((step) => shortenStep(step, limit)),
    files: detail.files.map(({ path, content }) => ({ path, content: shortenText(content, limit * 2) })),
  };
  return JSON.stringify(shorter).length === JSON.stringify(detail).length
    ? detail
    : { ...shorter, cut: [`texts longer than ${limit.toLocaleString('en-US')} characters are shortened`] };
};
