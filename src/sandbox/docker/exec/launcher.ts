/**
 * What the engine really starts: a shell that reads what to do, one line, from its input. So the nonce in that line is nowhere to be seen
 * in the container, and a list of processes stays readable.
 */
export const launcher = (parameters: readonly string[]): string[] => [
  '/bin/sh',
  '-c',
  'read -r run; eval "$run"',
  'sh',
  ...parameters,
];

/** Runs the parameters as a program: no builtin and no function of the shell takes its place. */
export const runProgram = '(exec "$@")';

/**
 * The line for the launcher. It marks both streams with the nonce, runs `body`, and marks both again with the exit code. So we know that
 * the command began (an engine that cannot start one says so in the output), when it is over, though a process in the background still
 * holds its streams (engines then report this exit, and the next one, seconds late), and that its output is complete.
 * The shell catches what a command may send to its own process group; its remarks on a killed command go nowhere. Without input of its own
 * a command gets /dev/null: some tools take a pipe for what they shall work on.
 */
export const launchLine = (nonce: string, { body, takesInput }: { body: string; takesInput: boolean }): string =>
  [
    'read -r stat </proc/self/stat',
    'exec 3>&2 2>/dev/null',
    'trap : HUP INT QUIT TERM USR1 USR2 ALRM PIPE',
    `printf "%s %s\\n" ${nonce} "$stat"`,
    `printf "%s %s\\n" ${nonce} "$stat" >&3`,
    `{ ${body}; } 2>&3 3>&-${takesInput ? '' : ' </dev/null'}`,
    'code=$?',
    `printf "%s %s\\n" ${nonce} "$code"`,
    `printf "%s %s\\n" ${nonce} "$code" >&3`,
    'exit "$code"',
  ].join('; ');
