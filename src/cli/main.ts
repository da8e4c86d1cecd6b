#!/usr/bin/env node
import chalk, { Chalk } from 'chalk';
import { CommanderError } from 'commander';
import { registerCheck } from './commands/check.ts';
import { registerDemo } from './commands/demo.ts';
import { registerProbe } from './commands/probe.ts';
import { registerReport } from './commands/report.ts';
import { registerResume } from './commands/resume.ts';
import { registerRun } from './commands/run.ts';
import { registerCompare } from './commands/runs/compare.ts';
import { registerGate } from './commands/runs/gate.ts';
import { registerMerge } from './commands/runs/merge.ts';
import { registerPlan } from './commands/runs/plan.ts';
import { registerSimulate } from './commands/simulate.ts';
import { exitCode } from './exit-codes.ts';
import { type Output, reportError } from './output.ts';
import { packageVersion } from './package-root.ts';
import { createProgram } from './program.ts';

const isLive = process.stderr.isTTY && process.env.TERM !== 'dumb' && !process.env.CI;

const output: Output = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  colour: process.stderr.isTTY && !process.env.NO_COLOR ? chalk : new Chalk({ level: process.env.FORCE_COLOR ? 1 : 0 }),
  live: isLive,
  columns: () => process.stderr.columns ?? 100,
};

// A reader such as `head` that has seen enough is no fault: what is left unsaid is not missed.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const main = async (): Promise<number> => {
  let code: number = exitCode.ok;
  const context = {
    output,
    workingFolder: process.cwd(),
    variables: process.env,
    exit: (value: number) => {
      code = value;
    },
  };
  const commands = [
    registerDemo,
    registerPlan,
    registerRun,
    registerResume,
    registerCheck,
    registerReport,
    registerGate,
    registerCompare,
    registerMerge,
    registerProbe,
    registerSimulate,
  ];
  try {
    await createProgram(packageVersion, commands, context).parseAsync(process.argv);
    return code;
  } catch (error) {
    // Commander has already printed its message; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.invalidInput;
    return reportError(error, output);
  }
};

process.exitCode = await main();
