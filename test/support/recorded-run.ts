import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Step } from '../../src/domain/trajectory.ts';
import { trajectoryOf } from '../../src/run/trial/atif.ts';
import { createStore } from '../../src/store/jsonl.ts';
import { aManifest, aRecord, aTurn } from './records.ts';
import { projectRoot } from './tacho.ts';
import { aTask } from './tasks.ts';

const agent = { name: 'shell', version: '1' };

const stepOf = (index: number): Step => ({
  startedAt: '2026-03-01T10:00:00.000Z',
  text: `Looking, ${index}.`,
  reasoning: '',
  toolCalls: [{ id: `c${index}`, name: 'bash', argumentsText: '{"command":"ls -l"}' }],
  observations: [{ toolCallId: `c${index}`, text: 'total 0\n'.repeat(200), exitCode: 0, durationMs: 300 }],
  turn: aTurn({ usage: { input: 100, output: 60 } }),
});

/** Writes a run of real tasks with made-up conversations: three trials of two to four turns, and one that our side broke. */
export const writeRecordedRun = async (folder: string): Promise<void> => {
  await using store = await createStore(folder, { manifest: aManifest({ runId: 'recorded' }), redact: (text) => text });
  for (const [index, id] of ['fix-syntax-error', 'extract-helper', 'snake-game'].entries()) {
    const instruction = await readFile(join(projectRoot, 'suites', 'terminal', id, 'instruction.md'), 'utf8');
    const record = aRecord({ task: id, trialId: `trial-${index}`, attemptId: `attempt-${index}` });
    const steps = Array.from({ length: index + 2 }, (_, step) => stepOf(step));
    const trajectory = trajectoryOf(aTask({ id, instruction }), steps, { sessionId: record.trialId, agent });
    await store.writeArtifact(record, 'trajectory.json', JSON.stringify(trajectory));
    await store.append(record);
  }
  const infraError = { phase: 'sandbox', code: 'engine-unreachable', message: 'gone' } as const;
  await store.append(aRecord({ trialId: 'trial-3', attemptId: 'attempt-3', infraError }));
};
