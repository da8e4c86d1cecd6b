import pLimit from 'p-limit';
import { InfraError } from '../domain/errors.ts';
import type { Environment, Task } from '../domain/task.ts';
import type { PreparedImage, SandboxProvider } from '../sandbox/sandbox.ts';
import type { Emit } from './events.ts';

/** Builds and pulls at a time; more only makes each slower. */
const atATime = 2;

/** Tasks with the same source share an image. */
const keyOf = (task: Task): string => JSON.stringify(task.environment.image);

type Prepare = (environment: Environment) => Promise<PreparedImage>;

/** A reference that cannot be had falls back on the task's own Dockerfile, where there is one. */
const prepareOrBuild = async (environment: Environment, prepare: Prepare): Promise<PreparedImage> => {
  const { image } = environment;
  try {
    return await prepare(environment);
  } catch (error) {
    const fallback = image.kind === 'reference' ? image.otherwise : undefined;
    if (fallback === undefined || !(error instanceof InfraError) || error.phase !== 'image') throw error;
    return prepare({ ...environment, image: fallback });
  }
};

/** An image for every task, or why there is none, by task. Done before the first trial: its time is never inside one. */
export const prepareImages = async (
  tasks: readonly Task[],
  { provider, signal, emit }: { readonly provider: SandboxProvider; readonly signal: AbortSignal; readonly emit: Emit },
): Promise<(task: Task) => PreparedImage | InfraError> => {
  const distinct = [...new Map(tasks.map((task) => [keyOf(task), task])).values()];
  const limit = pLimit(atATime);
  let ready = 0;
  const prepared = await Promise.all(
    distinct.map((task) =>
      limit(async (): Promise<readonly [string, PreparedImage | InfraError]> => {
        if (signal.aborted) return [keyOf(task), new InfraError('image', 'cancelled', 'the run was cancelled')];
        emit({ type: 'image-start', task: task.id });
        const options = {
          timeoutMs: task.budget.buildMs,
          signal,
          progress: (line: string) => emit({ type: 'image-progress', task: task.id, line }),
        };
        const image = await prepareOrBuild(task.environment, (environment) =>
          provider.prepareImage(environment, options),
        ).catch((error: unknown) =>
          error instanceof InfraError ? error : new InfraError('image', 'unexpected', String(error), { cause: error }),
        );
        ready += 1;
        emit({
          type: 'image-end',
          task: task.id,
          ready,
          total: distinct.length,
          error: image instanceof InfraError ? image.message : undefined,
        });
        return [keyOf(task), image];
      }),
    ),
  );
  const byKey = new Map(prepared);
  return (task) =>
    byKey.get(keyOf(task)) ??
    new InfraError('image', 'image-not-prepared', `no image was prepared for task ${task.id}`);
};
