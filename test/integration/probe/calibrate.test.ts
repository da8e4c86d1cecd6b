import { expect, it } from 'vitest';
import { tacho } from '../../support/tacho.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('tacho probe --calibrate holds the client against the simulator’s own stamps', async () => {
  await using folder = await temporaryFolder();
  const flags = ['--calibrate', '--rounds', '2', '--json', '-r', folder.path];
  const { exitCode, stdout } = await tacho(['probe', ...flags]);
  expect(exitCode).toBe(0);
  const { kind, figures } = JSON.parse(String(stdout));
  expect(kind).toBe('calibration');
  expect(figures).toHaveLength(6);
  for (const { case: one, calls, ttftErrorMs, arrivalMs, decodeError } of figures) {
    expect(calls).toBe(2);
    // A token is read after it is written, and not before the request could have reached the server.
    expect(arrivalMs.p50).toBeGreaterThan(0);
    expect(ttftErrorMs.p50).toBeGreaterThan(arrivalMs.p50 - 1);
    // A busy machine delays; it does not make 70 tokens/s out of 1,000.
    expect(decodeError.p50, one.id).toBeLessThan(0.2);
  }
});
