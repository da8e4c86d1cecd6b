import type { LimitFunction } from 'p-limit';
import type { Clock } from '../../../domain/time.ts';
import type { Sandbox, SandboxSpec, Shell } from '../../sandbox.ts';
import { withDeadline } from '../engine/deadline.ts';
import { engineFailure } from '../engine/failure.ts';
import type { CommandHost } from '../exec/command-host.ts';
import { endAllProcesses } from '../exec/end-processes.ts';
import { execCommand } from '../exec/exec.ts';
import { readFileIn } from '../files/read.ts';
import { uploadFolderTo, writeFileIn } from '../files/write.ts';
import { holdLifeline } from './lifeline.ts';
import type { StartedContainer } from './open.ts';
import { removeContainer } from './remove.ts';

const restartMs = 60_000;

const shellOf = (host: CommandHost): Shell => ({
  exec: (command, options) => execCommand(host, command, options),
  readFile: (path, options) => readFileIn(host.container, path, options?.limitBytes),
  writeFile: (path, content, options) => writeFileIn(host.container, path, { content, mode: options?.mode }),
  uploadFolder: (hostFolder, path) => uploadFolderTo(host.container, hostFolder, path),
});

/** Makes a started container a sandbox. Disposing twice removes once; `onGone` is called when it is done. */
export const sandboxOf = (
  started: StartedContainer,
  spec: SandboxSpec,
  { clock, startPool, onGone }: { clock: Clock; startPool: LimitFunction; onGone: (sandbox: Sandbox) => void },
): Sandbox => {
  const { container } = started;
  let { lifeline } = started;
  let removal: Promise<void> | undefined;

  const restart = async (): Promise<void> => {
    try {
      await withDeadline((abortSignal) => container.restart({ t: 0, abortSignal }), {
        what: 'restarting a container',
        ms: restartMs,
      });
      lifeline.drop();
      lifeline = await holdLifeline(container);
    } catch (error) {
      throw engineFailure(error, 'could not restart a container');
    }
  };
  const host: CommandHost = { container, clock, startPool, variables: spec.variables, restart };
  // A container that cannot be removed now ends with the harness, and the next sweep takes it: a verdict must not be lost over it.
  const remove = async (): Promise<void> => {
    await removeContainer(container).catch(() => undefined);
    lifeline.drop();
    onGone(sandbox);
  };
  const sandbox: Sandbox = {
    id: container.id,
    imageId: spec.image.imageId,
    shell: shellOf(host),
    endProcesses: () => endAllProcesses(host),
    [Symbol.asyncDispose]: () => {
      removal ??= remove();
      return removal;
    },
  };
  return sandbox;
};
