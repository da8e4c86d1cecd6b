import type { BoundedOutput, ExecResult } from '../../sandbox/sandbox.ts';

/** What the model is shown of one stream, in characters; the middle goes first. */
const shownCharacters = 10_000;

const shown = (output: BoundedOutput): string => {
  if (!output.truncated && output.text.length <= shownCharacters) return output.text;
  const half = shownCharacters / 2;
  const left = output.bytes - shownCharacters;
  return `${output.text.slice(0, half)}\n[... about ${left} bytes left out; narrow the command to see more ...]\n${output.text.slice(-half)}`;
};

const section = (name: string, output: BoundedOutput): string =>
  output.bytes === 0 ? '' : `<${name}>\n${shown(output)}\n</${name}>\n`;

/** A command's result as the model reads it. */
export const describeResult = (result: ExecResult): string => {
  const ending =
    result.ended === 'time-out'
      ? `<timed_out>after ${Math.round(result.durationMs / 1000)} s; its processes were ended</timed_out>`
      : `<exit_code>${result.exitCode ?? 'none'}</exit_code>`;
  return `${ending}\n${section('stdout', result.stdout)}${section('stderr', result.stderr)}`.trimEnd();
};
