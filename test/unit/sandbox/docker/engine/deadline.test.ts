import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../../../../src/sandbox/docker/engine/deadline.ts';

const never = () => new Promise<never>(() => undefined);

describe('withDeadline', () => {
  it('passes on what the call gives', async () => {
    expect(await withDeadline(async () => 7, { what: 'asking', ms: 1000 })).toBe(7);
    await expect(withDeadline(() => Promise.reject(new Error('no')), { what: 'asking', ms: 1000 })).rejects.toThrow(
      'no',
    );
  });

  it('gives up on a call that never settles, and aborts it', async () => {
    let given: AbortSignal | undefined;
    const call = (signal: AbortSignal) => {
      given = signal;
      return never();
    };
    await expect(withDeadline(call, { what: 'asking', ms: 5, phase: 'image' })).rejects.toMatchObject({
      phase: 'image',
      code: 'engine-timeout',
      message: expect.stringContaining('asking'),
    });
    expect(given?.aborted).toBe(true);
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const waiting = withDeadline(never, { what: 'asking', ms: 10_000, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(withDeadline(never, { what: 'asking', ms: 1, signal: controller.signal })).rejects.toThrow('enough');
  });
});
