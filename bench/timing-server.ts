import { type AttemptScript, loadAttempts } from '../src/simulator/attempts.ts';
import { profileSchema } from '../src/simulator/profile.ts';
import { startSimulator } from '../src/simulator/server.ts';
import { instruction, type ServerMessage, type ServerOrder, type Truth } from './timing/protocol.ts';

/** The simulator in a process of its own, so that it does not share an event loop with the client it judges. */
const main = async (): Promise<void> => {
  const { profiles, script } = JSON.parse(process.argv[2] ?? '{}') as ServerOrder;
  const simulator = await startSimulator({
    profiles: profiles.map((profile) => profileSchema.parse(profile)),
    attempts: 'folder' in script ? await loadAttempts(script.folder) : [scriptOf(script.tokens)],
  });
  const tell = (message: ServerMessage): void => void process.send?.(message);
  process.on('message', () => {
    const truths = simulator.stamps().map(
      (stamp): Truth => ({
        requestId: stamp.requestId,
        sessionId: stamp.sessionId,
        received: stamp.received,
        firstWritten: stamp.firstContentWritten ?? Number.NaN,
        lastWritten: stamp.lastContentWritten ?? Number.NaN,
        tokens: stamp.tokens,
        firstTokens: stamp.chunks[0]?.[1] ?? Number.NaN,
      }),
    );
    tell({ kind: 'truths', truths, cpuMs: cpuMs() });
  });
  process.on('disconnect', () => process.exit());
  tell({ kind: 'ready', address: simulator.url });
};

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** One answer of exactly that many tokens of seven characters. */
const scriptOf = (tokens: number): AttemptScript => ({
  task: 'timing',
  instruction,
  attempts: [{ name: 'timing', style: 'careful', turns: [{ text: ' tokens'.repeat(tokens) }] }],
});

await main();
