import { existsSync, readFileSync } from 'node:fs';
import { open, readFile, unlink } from 'node:fs/promises';
import { UserError } from '../domain/errors.ts';

/** When a process began, as the kernel counts it: tells a recycled process id from the old owner. */
const startOf = (pid: number): string | undefined => {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) ? readFileSync(path, 'utf8').split(') ').at(-1)?.split(' ')[19] : undefined;
};

const isAlive = (pid: number, start: string): boolean => {
  try {
    process.kill(pid, 0);
    return start === '' || startOf(pid) === start;
  } catch {
    return false;
  }
};

/** One writer a run folder. Throws UserError while another process holds it; a dead owner's lock is taken over. */
export const acquireLock = async (path: string): Promise<AsyncDisposable> => {
  if (existsSync(path)) {
    const [pid = '', start = ''] = (await readFile(path, 'utf8')).trim().split(' ');
    if (isAlive(Number(pid), start))
      throw new UserError(`this run is being written by process ${pid}`, {
        where: path,
        fix: 'wait for it to end, or stop it, then resume',
      });
    await unlink(path);
  }
  const file = await open(path, 'wx', 0o600);
  await file.writeFile(`${process.pid} ${startOf(process.pid) ?? ''}\n`);
  await file.close();
  return { [Symbol.asyncDispose]: () => unlink(path).catch(() => undefined) };
};
