import { posix } from 'node:path';

type Rule = { readonly negated: boolean; readonly expression: RegExp };

const escaped = (text: string): string => text.replace(/[.+^${}()|\\/]/g, '\\$&');

/** `**` spans folders, `*` and `?` stay within a name, `[a-z]` is a class, a backslash takes the next character as it is. */
const expressionOf = (pattern: string): RegExp => {
  const tokens = /\*\*\/|\*\*|\*|\?|\[\^?[^\]]+\]|\\.|[\s\S]/g;
  const source = pattern.replace(tokens, (token) => {
    if (token === '**/') return '(?:.*/)?';
    if (token === '**') return '.*';
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (token.startsWith('[') && token.length > 1) return token;
    return escaped(token.length === 2 ? token.slice(1) : token);
  });
  return new RegExp(`^${source}$`, 's');
};

const parseRule = (line: string): readonly Rule[] => {
  const negated = line.startsWith('!');
  const pattern = posix.normalize((negated ? line.slice(1) : line).trim()).replace(/^\/+|\/+$/g, '');
  if (pattern === '' || pattern === '.') return [];
  try {
    return [{ negated, expression: expressionOf(pattern) }];
  } catch {
    // A class such as [z-a] that is none: it matches nothing.
    return [];
  }
};

/** The path itself and the folders that hold it. */
const selfAndParents = (path: string): readonly string[] =>
  path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'));

/**
 * Tells which paths of a build context a .dockerignore leaves out, by the engine's rules: the last line that matches the path or one of
 * its folders decides, `!` takes back in. Paths are relative with forward slashes.
 */
export const ignoreFilter = (dockerignore: string): ((path: string) => boolean) => {
  const rules = dockerignore
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .flatMap(parseRule);
  return (path) => {
    const paths = selfAndParents(path);
    const decisive = rules.findLast(({ expression }) => paths.some((candidate) => expression.test(candidate)));
    return decisive !== undefined && !decisive.negated;
  };
};
