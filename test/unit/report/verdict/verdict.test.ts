import { describe, expect, it } from 'vitest';
import { collect } from '../../../../src/analysis/collect.ts';
import { reportModel } from '../../../../src/report/model.ts';
import { phraseText, verdictText } from '../../../../src/report/verdict/verdict.ts';
import { aManifest, aRecord } from '../../../support/records.ts';
import { modelOf } from '../../../support/report-files.ts';
import { syntheticRun } from '../../../support/synthetic-run.ts';

type Row = readonly [contender: 'spark' | 'codex', solved: boolean, seconds: number];

const sayAbout = async (rows: readonly Row[], simulated = true) => {
  const manifest = aManifest();
  const contenders = manifest.contenders.map((contender) => ({ ...contender, simulated }));
  const records = rows.map(([contender, solved, seconds], place) => {
    const task = `task-${Math.floor(place / 2)}`;
    return aRecord({
      contender,
      task,
      trialId: `${contender}-${task}`,
      attemptId: `${contender}-${task}`,
      agentMs: seconds * 1000,
      verdict: { outcome: solved ? 'resolved' : 'unresolved', mode: 'live', reason: '' },
    });
  });
  const { answer, doubt } = verdictText(reportModel({ ...manifest, contenders }, await collect(manifest, records)));
  return { answer: phraseText(answer), doubt: phraseText(doubt) };
};

const alternate = (count: number, row: (place: number) => readonly [Row, Row]): readonly Row[] =>
  Array.from({ length: count }, (_, place) => row(place)).flat();

describe('the first sentence', () => {
  it('gives both contenders and the time at which the lead passes', async () => {
    const { answer, doubt } = await sayAbout(
      alternate(20, (place) => [
        ['spark', place < 11, 8 + place * 0.1],
        ['codex', place < 18, 40 + place * 0.1],
      ]),
    );
    expect(answer).toMatch(
      /^spark \(simulated\) solves 55% \(\d+–\d+\) in 9\.0 s median; codex \(simulated\) 90% \(\d+–\d+\) in 41 s: /,
    );
    expect(answer).toMatch(
      /choose spark \(simulated\) when you would wait less than 41 s, codex \(simulated\) when it may take longer\.$/,
    );
    expect(doubt).toMatch(
      /^On the same 20 tasks codex \(simulated\) solves 35 points more \(\+\d+ to \+\d+\), a difference beyond chance\. spark \(simulated\) is 4\.\d× faster/,
    );
  });

  it('says that a small difference is not proven', async () => {
    const { doubt } = await sayAbout(
      alternate(8, (place) => [
        ['spark', place < 4, 8],
        ['codex', place < 5, 40],
      ]),
    );
    expect(doubt).toContain('12 points more');
    expect(doubt).toContain('not proven');
  });

  it('recommends the one that beats the other on both', async () => {
    const { answer } = await sayAbout(
      alternate(6, (place) => [
        ['spark', place < 5, 8],
        ['codex', place < 3, 40],
      ]),
    );
    expect(answer).toMatch(/: choose spark \(simulated\), the fastest and the most often right\.$/);
  });

  it('does not call the fastest the most often right where another is as often right', async () => {
    const { answer } = await sayAbout(
      alternate(6, (place) => [
        ['spark', place < 5, 8],
        ['codex', place < 5, 40],
      ]),
    );
    expect(answer).toMatch(/: choose spark \(simulated\), the fastest, and none is more often right\.$/);
  });

  it('names of a long frontier the two ends, which it advises to choose between', async () => {
    const contenders = [1, 2, 3, 4, 5].map((place) => ({
      name: `Model-${place}`,
      tier: 'gpu' as const,
      skill: 0.2 * place - 0.1,
      tokensPerSecond: 1000 / 3 ** place,
      ttftMs: 100,
      steps: 8,
    }));
    const model = await modelOf(syntheticRun({ contenders, tasks: 40, infraErrors: 0 }));
    expect(phraseText(verdictText(model).answer)).toMatch(
      /^Model-1 .* in [\d.]+ \w+ median; Model-5 [^;]*; 3 others between them: choose Model-1 \(simulated\) when speed matters, Model-5 \(simulated\) when being right does\.$/,
    );
  });

  it('does not call a real endpoint simulated', async () => {
    const { answer, doubt } = await sayAbout(
      alternate(4, (place) => [
        ['spark', place < 2, 8],
        ['codex', place < 3, 40],
      ]),
      false,
    );
    expect(answer + doubt).not.toContain('simulated');
  });

  it('has an answer for a run without any verdict', async () => {
    expect((await sayAbout([])).answer).toBe('No trial of this run has a verdict yet: there is nothing to compare.');
  });

  it('advises nothing where no trial was solved', async () => {
    const { answer } = await sayAbout(
      alternate(10, () => [
        ['spark', false, 8],
        ['codex', false, 40],
      ]),
    );
    expect(answer).toMatch(/no trial was solved, so there is nothing to choose between\.$/);
    expect(answer).not.toMatch(/choose spark/);
  });
});
