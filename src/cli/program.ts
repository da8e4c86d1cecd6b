import { Command } from 'commander';
import type { Output } from './output.ts';

/** What every command gets: where it writes, where it was called, its environment, and how to say its exit code. */
export type CommandContext = {
  readonly output: Output;
  readonly workingFolder: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly exit: (code: number) => void;
};

export type RegisterCommand = (program: Command, context: CommandContext) => void;

/** The program without its commands, so that argument parsing can be tested with commands put in. */
export const createProgram = (
  version: string,
  commands: readonly RegisterCommand[],
  context: CommandContext,
): Command => {
  const program = new Command('tacho')
    .description('How fast and how right a coding model is, on the same live tasks, at the same time.')
    .version(version, '-v, --version')
    .showHelpAfterError('(tacho --help lists the commands)')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ writeOut: context.output.out, writeErr: context.output.err });
  for (const register of commands) register(program, context);
  return program;
};
