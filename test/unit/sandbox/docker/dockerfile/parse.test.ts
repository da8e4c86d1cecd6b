import { describe, expect, it } from 'vitest';
import { needsBuildKit } from '../../../../../src/sandbox/docker/dockerfile/parse.ts';

describe('needsBuildKit', () => {
  it.each([
    'FROM a\nRUN <<EOF\ntrue\nEOF',
    'FROM a\nRUN --mount=type=cache,target=/c true',
    'FROM a\nCOPY --chmod=755 a b',
    'FROM a\nADD --checksum=x a b',
  ])('says yes to %j', (dockerfile) => {
    expect(needsBuildKit(dockerfile)).toBe(true);
  });

  it.each([
    'FROM a\nRUN true\nCOPY --chown=1 --from=b a b',
    'FROM a\nRUN cat --mount',
    '# syntax=docker/dockerfile:1\nFROM a',
    'FROM a\nRUN echo "a <<b"',
  ])('says no to %j', (dockerfile) => {
    expect(needsBuildKit(dockerfile)).toBe(false);
  });
});
