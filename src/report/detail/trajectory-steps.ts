import { duration, number, valueText } from '../format.ts';
import type { DetailCall, DetailResult, DetailStep } from './trial-detail.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const callOf = (value: unknown): DetailCall => {
  const { function_name: name, arguments: given } = fieldsOf(value);
  const single = Object.entries(fieldsOf(given));
  const [only] = single;
  // A lone text argument (a command, say) reads better as it is than as JSON.
  const argumentsText = single.length === 1 && typeof only?.[1] === 'string' ? only[1] : textOf(given);
  return { name: textOf(name), argumentsText };
};

const resultOf = (value: unknown): DetailResult => {
  const { content, extra } = fieldsOf(value);
  const { exit_code: exitCode, duration_ms: durationMs } = fieldsOf(extra);
  return { text: textOf(content), exitCode: numberOf(exitCode), durationMs: numberOf(durationMs) };
};

const timingsOf = (value: unknown): readonly string[] => {
  const { completion_tokens: output, extra } = fieldsOf(value);
  const timing = fieldsOf(extra);
  const parts: readonly (readonly [string, number | undefined, (amount: number) => string])[] = [
    ['TTFT', numberOf(timing.ttftMs), duration],
    ['answer', numberOf(timing.durationMs), duration],
    ['output', numberOf(output), (amount) => `${valueText(amount, 'tokens')} tokens`],
    ['decode', numberOf(timing.decodeTokensPerSecond), (amount) => `${number(amount)} tokens/s`],
  ];
  return parts.flatMap(([name, amount, write]) => (amount === undefined ? [] : [`${name} ${write(amount)}`]));
};

const stepOf = (value: unknown): DetailStep => {
  const step = fieldsOf(value);
  return {
    source: textOf(step.source),
    at: typeof step.timestamp === 'string' ? step.timestamp : undefined,
    message: textOf(step.message),
    reasoning: textOf(step.reasoning_content),
    calls: listOf(step.tool_calls).map(callOf),
    results: listOf(fieldsOf(step.observation).results).map(resultOf),
    timings: timingsOf(step.metrics),
  };
};

/** The steps of an ATIF trajectory (v1.7); whatever is missing or of another shape is left empty. Undefined where the text is no JSON. */
export const trajectorySteps = (text: string): readonly DetailStep[] | undefined => {
  try {
    return listOf(fieldsOf(JSON.parse(text)).steps).map(stepOf);
  } catch {
    return undefined;
  }
};
