const LAST_LINES = 25;

/** Something that set-up cannot mend by itself. `fix` says what to do, `output` is what the failing command printed last. */
export class SetUpError extends Error {
  /**
   * @param {string} message
   * @param {{ fix?: string, log?: string, output?: string }} [details]
   */
  constructor(message, { fix, log, output } = {}) {
    super(message);
    this.name = 'SetUpError';
    this.fix = fix;
    this.log = log;
    this.output = output;
  }
}

/**
 * The failure as lines for a person: what happened, the end of the output, where the rest is, what to do.
 * @param {SetUpError} error
 */
export function describeFailure({ message, output, log, fix }) {
  const details = [
    ...(output ? lastLines(output, LAST_LINES).map((line) => `| ${line}`) : []),
    ...(log ? [`The whole output: ${log}`] : []),
    ...(fix ? fix.split('\n') : []),
  ];
  return [`  ✗ ${message}`, ...details.map((line) => `    ${line}`)].join('\n');
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text.trim().split('\n').slice(-count);
}

/**
 * Says what a step is about to do, where that takes long.
 * @typedef {(text: string) => void} Announce
 */

/**
 * Does one step of set-up and prints one line about it, with its time in seconds.
 * @template {{ note: string, missing?: boolean }} Result
 * @param {string} name
 * @param {(announce: Announce) => Promise<Result>} work
 */
export async function step(name, work) {
  const startedMs = performance.now();
  const result = await work((text) => console.log(`  … ${name}: ${text}`));
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`  ${result.missing ? '–' : '✓'} ${name} (${seconds} s): ${result.note}`);
  return result;
}
