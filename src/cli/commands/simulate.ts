import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { UserError } from '../../domain/errors.ts';
import { loadAttempts } from '../../simulator/attempts.ts';
import { loadProfiles } from '../../simulator/profile.ts';
import { startSimulator } from '../../simulator/server.ts';
import { packageRoot } from '../package-root.ts';
import type { RegisterCommand } from '../program.ts';
import { watchInterrupt } from '../running/interrupt.ts';

type SimulateOptions = {
  readonly port: string;
  readonly host: string;
  readonly profiles?: string[];
  readonly attempts: string;
  readonly log?: string;
};

/** A port of TCP; 0 takes a free one. Throws UserError. */
const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UserError(`--port: \`${text}\` is no port`, { fix: 'give a number from 0 to 65535; 0 takes a free one' });
};

/** Why it could not start, in words. */
const startFailure =
  ({ host, port }: SimulateOptions) =>
  (cause: unknown): never => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (!['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(code)) throw cause;
    throw new UserError(`cannot listen on ${host}:${port} (${code})`, { fix: 'give another --port or --host', cause });
  };

/** `tacho simulate`: the paced local model server, until Ctrl-C. */
export const registerSimulate: RegisterCommand = (program, context) => {
  program
    .command('simulate')
    .description('serve simulated endpoints: paced like real ones, answering with scripted attempts')
    .option('-p, --port <port>', 'port; 0 takes a free one', '8700')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--profiles <path...>', 'profile files or folders, beside the built-in ones')
    .option('--attempts <folder>', 'scripted attempts', join(packageRoot, 'fixtures', 'attempts'))
    .option('--log <file>', 'append the write stamps of every request to this JSONL file')
    .action(async (options: SimulateOptions) => {
      using interrupt = watchInterrupt(context.output);
      const own = (options.profiles ?? []).map((path) => resolve(context.workingFolder, path));
      const profiles = await loadProfiles(join(packageRoot, 'fixtures', 'profiles'), ...own);
      const attempts = await loadAttempts(resolve(context.workingFolder, options.attempts));
      await using simulator = await startSimulator({
        profiles,
        attempts,
        port: portOf(options.port),
        host: options.host,
        writeLog: options.log,
      }).catch(startFailure(options));
      context.output.out(`Simulated endpoints at ${simulator.url}\n`);
      for (const profile of profiles) context.output.out(`  model ${profile.name.padEnd(20)} ${profile.description}\n`);
      if (!interrupt.signal.aborted) await once(interrupt.signal, 'abort');
      context.exit(interrupt.code() ?? 0);
    });
};
