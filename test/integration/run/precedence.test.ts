import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { takePrecedence } from '../../../src/run/metering/precedence.ts';

const roundRobin = '2';

/** Field 41 of /proc/…/stat, proc(5); the second field is in parentheses and may hold spaces. */
const policyIn = (stat: string): string | undefined => stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38];

const ownPolicies = (): ReadonlySet<string | undefined> =>
  new Set(readdirSync('/proc/self/task').map((task) => policyIn(readFileSync(`/proc/self/task/${task}/stat`, 'utf8'))));

const mayTakeIt = process.platform === 'linux' && process.getuid?.() === 0;

test.runIf(mayTakeIt)('puts all threads before ordinary processes, and back again', async () => {
  {
    await using precedence = await takePrecedence({});
    expect(precedence.scheduling).toBe('real-time');
    expect(ownPolicies()).toEqual(new Set([roundRobin]));
  }
  expect(ownPolicies()).not.toContain(roundRobin);
});

test.runIf(mayTakeIt)('leaves what is started meanwhile ordinary', async () => {
  await using _precedence = await takePrecedence({});
  const started = execFileSync('cat', ['/proc/self/stat'], { encoding: 'utf8' });
  expect(policyIn(started)).not.toBe(roundRobin);
});

test('can be forgone', async () => {
  await using precedence = await takePrecedence({ TACHO_REAL_TIME: 'off' });
  expect(precedence.scheduling).toBe('ordinary');
});
