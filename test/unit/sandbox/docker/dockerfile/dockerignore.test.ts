import { describe, expect, it } from 'vitest';
import { ignoreFilter } from '../../../../../src/sandbox/docker/dockerfile/dockerignore.ts';

const paths = [
  'a.txt',
  'b.md',
  'src/a.ts',
  'src/deep/b.ts',
  'src/deep/c.md',
  'node_modules/x/index.js',
  '.git/HEAD',
  'a+b',
  'foo/bar',
];
const kept = (dockerignore: string) => paths.filter((path) => !ignoreFilter(dockerignore)(path));
const without = (...names: string[]) => paths.filter((path) => !names.includes(path));

describe('ignoreFilter', () => {
  it.each([
    ['', paths],
    ['# a.txt\n\n', paths],
    ['a.txt', without('a.txt')],
    ['/a.txt', without('a.txt')],
    ['node_modules/', without('node_modules/x/index.js')],
    ['*.md', without('b.md')],
    ['**/*.md', without('b.md', 'src/deep/c.md')],
    ['src/*.ts', without('src/a.ts')],
    ['src/**', without('src/a.ts', 'src/deep/b.ts', 'src/deep/c.md')],
    ['src\n!src/deep', without('src/a.ts')],
    ['!src/deep\nsrc', without('src/a.ts', 'src/deep/b.ts', 'src/deep/c.md')],
    ['*\n!a.txt', ['a.txt']],
    ['a+b', without('a+b')],
    ['?.txt', without('a.txt')],
    ['[ab].*', without('a.txt', 'b.md')],
    ['./foo/../a.txt', without('a.txt')],
    ['foo*', without('foo/bar')],
    ['.git\r\nb.md\r\n', without('.git/HEAD', 'b.md')],
  ])('%j', (dockerignore, expected) => {
    expect(kept(dockerignore)).toEqual(expected);
  });
});
