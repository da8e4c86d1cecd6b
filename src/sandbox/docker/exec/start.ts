import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { InfraError } from '../../../domain/errors.ts';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure, reasonOf, statusOf } from '../engine/failure.ts';
import { launcher, launchLine, runProgram } from './launcher.ts';
import { type Leader, parseProcessTable } from './process-table.ts';
import { demultiplexer } from './stream/demultiplex.ts';
import { type MarkedStream, markedStream } from './stream/marked-stream.ts';

/** What to run and where; `variables` travel in the exec's environment, which neither inspect nor events show. */
export type CommandSpec = {
  /** A program and its arguments; with a `script` of ours, the script's arguments. */
  readonly command: readonly string[];
  /** One line of shell that runs in the launching shell itself. */
  readonly script?: string | undefined;
  readonly user?: string | undefined;
  readonly workdir?: string | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly stdin?: string | Uint8Array | undefined;
  readonly onStdout: (bytes: Uint8Array) => void;
  readonly onStderr: (bytes: Uint8Array) => void;
};

/** A command that really began. */
export type RunningCommand = {
  readonly exec: Dockerode.Exec;
  readonly leader: Leader;
  /** Resolves with the exit code when the command is over and its output is all there. For ever pending if its shell is killed. */
  readonly ended: Promise<number>;
  /** Resolves when the stream is over, which says nothing about the command; rejects when it broke off within a frame. */
  readonly streamEnd: Promise<void>;
  /** Gives out the last bytes and lets go of the stream; the command goes on if it runs. */
  close(): void;
};

const startMs = 60_000;

const request = async (
  container: Dockerode.Container,
  spec: CommandSpec,
): Promise<{ exec: Dockerode.Exec; stream: Duplex }> => {
  const exec = await withDeadline(
    (abortSignal) =>
      container.exec({
        Cmd: launcher(spec.command),
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        Env: Object.entries(spec.variables ?? {}).map(([name, value]) => `${name}=${value}`),
        ...(spec.user === undefined ? {} : { User: spec.user }),
        ...(spec.workdir === undefined ? {} : { WorkingDir: spec.workdir }),
        abortSignal,
      }),
    { what: 'creating a command', ms: startMs },
  );
  const start = () => exec.start({ hijack: true, stdin: true, Tty: false });
  return { exec, stream: await withDeadline(start, { what: 'starting a command', ms: startMs }) };
};

type Streams = { readonly stdout: MarkedStream; readonly stderr: MarkedStream };

/** Feeds both marked streams, and settles promises as their marks come. */
const follow = (stream: Duplex, { stdout, stderr }: Streams) => {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<number>();
  const streamEnd = Promise.withResolvers<void>();
  const demultiplex = demultiplexer((name, bytes) => (name === 'stderr' ? stderr : stdout).push(bytes));
  let broken = false;
  stream.on('data', (chunk: Buffer) => {
    try {
      demultiplex.push(chunk);
    } catch {
      broken = true;
      stream.destroy();
    }
    if (stdout.beginning() !== undefined && stderr.beginning() !== undefined) begun.resolve();
    if (stdout.ending() !== undefined && stderr.ending() !== undefined) ended.resolve(Number(stderr.ending()));
  });
  const finish = (): void => {
    if (demultiplex.whole && !broken) streamEnd.resolve();
    else streamEnd.reject(new InfraError('sandbox', 'output-cut', 'the output of a command broke off within a frame'));
  };
  // 'error' too: it is also what a command that ends with its input unread looks like.
  for (const event of ['end', 'close', 'error']) stream.once(event, finish);
  streamEnd.promise.catch(() => undefined);
  return { begun: begun.promise, ended: ended.promise, streamEnd: streamEnd.promise };
};

const untilFirst = async (promises: readonly Promise<unknown>[]): Promise<void> => {
  const timer = new AbortController();
  try {
    await Promise.race([...promises, sleep(startMs, undefined, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
};

const notStarted = (what: string, complaint: string): InfraError =>
  new InfraError('sandbox', 'command-not-started', `${what}: ${complaint || 'the engine did not say why'}`);

/**
 * Starts a command and waits until it really runs. Throws InfraError `command-not-started` when the engine could not start it (no such
 * user or folder, for instance) and those of a failing engine.
 */
export const startCommand = async (container: Dockerode.Container, spec: CommandSpec): Promise<RunningCommand> => {
  const nonce = `tacho-${randomBytes(16).toString('hex')}`;
  const what = `could not start ${spec.script === undefined ? spec.command[0] : 'a script of ours'}`;
  const { exec, stream } = await request(container, spec).catch((error: unknown) => {
    // Newer engines look the user up at once, where older ones find out when they start.
    throw statusOf(error) === 400 ? notStarted(what, reasonOf(error)) : engineFailure(error, what);
  });
  const stdout = markedStream(nonce, spec.onStdout);
  const stderr = markedStream(nonce, spec.onStderr);
  const { begun, ended, streamEnd } = follow(stream, { stdout, stderr });
  const body = spec.script ?? runProgram;
  stream.write(`${launchLine(nonce, { body, takesInput: spec.stdin !== undefined })}\n`);
  stream.end(spec.stdin);
  await untilFirst([begun, streamEnd]).catch(() => undefined);
  const leader = parseProcessTable(stderr.beginning() ?? '')[0];
  const close = (): void => {
    stream.destroy();
    stdout.flush();
    stderr.flush();
  };
  if (leader !== undefined && stdout.beginning() !== undefined) return { exec, leader, ended, streamEnd, close };
  close();
  const complaint = Buffer.concat([stdout.before(), stderr.before()]).toString('utf8').trim();
  throw notStarted(what, complaint);
};
