import { describe, expect, it } from 'vitest';
import { copiesByPattern, hideFromCopies } from '../../../../../src/sandbox/docker/dockerfile/hide.ts';

describe('hideFromCopies', () => {
  it.each([
    'COPY . .',
    'COPY ./ /app',
    'ADD / /app/',
    'copy --chown=a . /app',
    'COPY src ./ /app/',
    'COPY [".", "/a b"]',
    'COPY \\\n  . /app',
  ])('hides it from %j', (instruction) => {
    const hidden = instruction.replace(/^(\S+)/, '$1 --exclude=x');
    expect(hideFromCopies(`FROM a\n${instruction}\nRUN true`, 'x')).toBe(`FROM a\n${hidden}\nRUN true`);
  });

  it.each([
    'COPY src .',
    'COPY src/. /',
    'COPY --from=b . .',
    'ADD https://a.example/b .',
    'COPY ["src", "."]',
    'RUN cp . /b',
  ])('leaves %j alone', (instruction) => {
    expect(hideFromCopies(`FROM a\n${instruction}`, 'x')).toBe(`FROM a\n${instruction}`);
  });
});

describe('copiesByPattern', () => {
  it.each(['COPY * /app/', 'COPY .* /app/', 'ADD ["a", "./.t*", "/"]', 'COPY ?tacho* .'])(
    'sees that %j takes it along',
    (instruction) => {
      expect(copiesByPattern(`FROM a\n${instruction}`, '.tacho.Dockerfile')).toBe(true);
    },
  );

  it.each(['COPY . .', 'COPY *.py /app/', 'COPY src/* .', 'COPY --from=b * .', 'RUN cp * /b'])(
    'sees that %j does not',
    (instruction) => {
      expect(copiesByPattern(`FROM a\n${instruction}`, '.tacho.Dockerfile')).toBe(false);
    },
  );
});
