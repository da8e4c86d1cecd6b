/** One process as /proc/<pid>/stat shows it; `startedAt` in clock ticks since boot. */
export type ProcessEntry = {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  readonly startedAt: number;
  readonly dead: boolean;
};

/** pid, (name), state, parent, group, session, then 46 or more numbers. A name has at most 15 bytes, so it cannot hold such a row. */
const row = /^(\d+) \([\s\S]{0,64}?\) ([A-Za-z]) (\d+) -?\d+ (-?\d+)(?: -?\d+){15} (\d+)(?: -?\d+){20,}$/gm;

/** Reads lines of /proc/<pid>/stat, one after the other; a hostile process name cannot forge a line. */
export const parseProcessTable = (text: string): readonly ProcessEntry[] =>
  [...text.matchAll(row)].map(([, pid, state, parent, session, startedAt]) => ({
    pid: Number(pid),
    parent: Number(parent),
    session: Number(session),
    startedAt: Number(startedAt),
    dead: state === 'Z' || state === 'X',
  }));

export type Leader = { readonly pid: number; readonly startedAt: number };

/**
 * The living processes that came of a command: its leader, its descendants, and those that left it by setsid or a double fork and so
 * hang under PID 1 now. Spared are PID 1, whatever is older than the command (a service that an earlier command started), the
 * children of those, and other commands. The engine starts each command as a session of its own whose leader has no parent.
 */
export const processesOf = (leader: Leader, table: readonly ProcessEntry[]): readonly number[] => {
  const byPid = new Map(table.map((entry) => [entry.pid, entry]));
  const belongs = (entry: ProcessEntry): boolean => {
    const visited = new Set<number>();
    for (
      let at: ProcessEntry | undefined = entry;
      at !== undefined && !visited.has(at.pid);
      at = byPid.get(at.parent)
    ) {
      visited.add(at.pid);
      if (at.pid === leader.pid && at.startedAt === leader.startedAt) return true;
      if (at.pid === 1 || at.parent === 0 || at.startedAt < leader.startedAt) return false;
      if (at.parent === 1) {
        const session = byPid.get(at.session);
        return at.session === leader.pid || session === undefined || session.parent !== 0;
      }
    }
    return false;
  };
  return table.filter((entry) => !entry.dead && belongs(entry)).map((entry) => entry.pid);
};
