import { describe, expect, it } from 'vitest';
import { labelsOf, ownerOf } from '../../../../../src/sandbox/docker/container/labels.ts';
import { isDead, thisOwner } from '../../../../../src/sandbox/docker/container/owner.ts';

describe('labels', () => {
  it('carry run, trial and owner, and give the owner back', () => {
    const owner = { host: 'h', pid: 7, startedAt: '123' };
    const labels = labelsOf({ run: 'r', trial: 't' }, owner);
    expect(labels).toMatchObject({ 'tacho.run': 'r', 'tacho.trial': 't', 'tacho.host': 'h', 'tacho.pid': '7' });
    expect(ownerOf(labels)).toEqual(owner);
  });

  it('give no owner when they are not all there', () => {
    expect(ownerOf({ 'tacho.run': 'r', 'tacho.pid': '7' })).toBeUndefined();
    expect(ownerOf({ 'tacho.host': 'h', 'tacho.pid': 'x', 'tacho.started-at': '1' })).toBeUndefined();
  });
});

describe('isDead', () => {
  it('says no of this process, and of every process of another machine', () => {
    expect(isDead(thisOwner())).toBe(false);
    expect(isDead({ ...thisOwner(), host: 'elsewhere', startedAt: '1' })).toBe(false);
  });

  it('says yes of a pid that was given to another process since, and of one that nobody has', () => {
    expect(isDead({ ...thisOwner(), startedAt: '1' })).toBe(true);
    expect(isDead({ ...thisOwner(), pid: 2 ** 22 + 1, startedAt: '1' })).toBe(true);
  });
});
