import { ignoreFilter } from './dockerignore.ts';
import { type Instruction, parseInstructions } from './parse.ts';

/** What COPY and ADD take: their words without flags and destination, in the shell form and in the JSON form. */
const sourcesOf = (text: string): readonly string[] => {
  const words = text.replace(/^(?:--\S+\s+)*/, '').trim();
  if (!words.startsWith('[')) return words.split(/\s+/).slice(0, -1);
  return [...words.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word]) => word ?? '').slice(0, -1);
};

const takesContext = ({ keyword, text }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') && !/(^|\s)--from=/.test(text);

/** True for `.`, `/`, `./`: the whole of the context. */
const isRoot = (source: string): boolean => /^(\.?\/)*\.?$/.test(source);

const copiesRoot = (instruction: Instruction): boolean =>
  takesContext(instruction) && sourcesOf(instruction.text).some(isRoot);

/**
 * Keeps a file at the root of the build context out of every COPY and ADD of all of it. For BuildKit, which heeds no .dockerignore in a
 * context that it is sent as an archive; it knows `--exclude` from Engine 28 on.
 */
export const hideFromCopies = (dockerfile: string, name: string): string => {
  const lines = dockerfile.split('\n');
  for (const instruction of parseInstructions(lines).filter(copiesRoot)) {
    const line = lines[instruction.from] ?? '';
    lines[instruction.from] = line.replace(/^(\s*\S+)/, `$1 --exclude=${name}`);
  }
  return lines.join('\n');
};

/** True when a COPY or ADD takes the file along by a pattern such as `*`, which `--exclude` does not hinder. */
export const copiesByPattern = (dockerfile: string, name: string): boolean =>
  parseInstructions(dockerfile.split('\n'))
    .filter(takesContext)
    .some(({ text }) => sourcesOf(text).some((source) => ignoreFilter(source)(name)));
