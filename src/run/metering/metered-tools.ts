import type { Model, ModelSteering, Reply } from '../../agent/agent.ts';
import type { ModelRequest } from '../../domain/model/message.ts';
import type { TimelineEntry, Turn } from '../../domain/model/turn.ts';
import type { Clock } from '../../domain/time.ts';
import type { Shell } from '../../sandbox/sandbox.ts';
import { admission, type Timeline } from './timeline.ts';

/** A finished or failed model call as the trial keeps it. */
export type RecordedTurn = { readonly turn: Turn; readonly timeline: readonly TimelineEntry[] };

/** One model call: retried and rate-limited below this line; each turn is told, even when the call fails. */
export type CallModel = (
  request: ModelRequest,
  options: {
    readonly signal: AbortSignal;
    readonly onTurn: (recorded: RecordedTurn) => void;
    readonly steering?: ModelSteering | undefined;
  },
) => Promise<Reply>;

/** The model as the agent sees it: each call's time is taken apart on the trial's timeline, each turn is kept. */
export const meterModel = (
  call: CallModel,
  options: {
    readonly sessionId: string;
    readonly timeline: Timeline;
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onTurn: (recorded: RecordedTurn) => void;
  },
): Model => ({
  complete: async (request, steering) => {
    const { timeline, clock, signal } = options;
    const from = clock.now();
    timeline.enter('model-wait', admission);
    const turns: Turn[] = [];
    try {
      return await call(
        { ...request, sessionId: options.sessionId },
        {
          signal,
          steering,
          onTurn: (recorded) => {
            turns.push(recorded.turn);
            options.onTurn(recorded);
          },
        },
      );
    } finally {
      for (const turn of turns) timeline.splitCall(from, turn);
      timeline.enter('harness');
    }
  },
});

/** The shell as the agent sees it: its time is tool time. */
export const meterShell = (shell: Shell, timeline: Timeline): Shell => ({
  exec: (command, options) => timeline.within('tool', () => shell.exec(command, options)),
  readFile: (path, options) => timeline.within('tool', () => shell.readFile(path, options)),
  writeFile: (path, content, options) => timeline.within('tool', () => shell.writeFile(path, content, options)),
  uploadFolder: (folder, path) => timeline.within('tool', () => shell.uploadFolder(folder, path)),
});
