import { declareArguments, expandVariables } from './expand.ts';
import { type Mirrors, mirrorReference } from './mirrors.ts';
import { type Instruction, parseInstructions } from './parse.ts';

export type Rewriting = {
  readonly mirrors: Mirrors;
  /** Instructions put behind every FROM that starts from an image (not from a stage, not from scratch). */
  readonly afterExternalFrom?: readonly string[] | undefined;
  /** Replaces a reference once more at the very end, to pin it. */
  readonly pin?: ((reference: string) => string) | undefined;
};

/** The new text, and the images that it takes from elsewhere, in order and each once. */
export type Rewritten = { readonly text: string; readonly references: readonly string[] };

type Edit = { readonly from: number; readonly to: number; readonly lines: readonly string[] };

type From = { readonly flags: string; readonly image: string; readonly alias: string | undefined };

const parseFrom = (text: string): From | undefined => {
  const [, flags = '', image, alias] = /^((?:--\S+\s+)*)(\S+)(?:\s+as\s+(\S+))?\s*$/i.exec(text) ?? [];
  return image === undefined ? undefined : { flags: flags.trim(), image, alias };
};

/** Where COPY and the mounts of RUN name an image or stage. */
const fromFlags: Readonly<Record<string, RegExp>> = {
  COPY: /(?<=(?:^|\s)--from=)[^\s,$]+(?=\s|$)/g,
  RUN: /(?<=(?:^|\s)--mount=(?:\S*,)?from=)[^\s,$]+/g,
};

const rewriter = ({ mirrors, afterExternalFrom = [], pin = (reference) => reference }: Rewriting) => {
  const references = new Set<string>();
  const stages = new Set<string>();
  let variables: ReadonlyMap<string, string> = new Map();
  let stageCount = 0;

  const isStage = (name: string): boolean => stages.has(name.toLowerCase()) || /^\d+$/.test(name);
  const replace = (reference: string): string => {
    const mirrored = mirrorReference(reference, mirrors);
    references.add(mirrored);
    return pin(mirrored);
  };

  const rewriteFrom = (instruction: Instruction, lines: readonly string[]): readonly string[] => {
    const from = parseFrom(instruction.text);
    stageCount += 1;
    if (from === undefined) return lines;
    const image = expandVariables(from.image, variables);
    const external = image !== undefined && image !== 'scratch' && !stages.has(image.toLowerCase());
    if (from.alias !== undefined) stages.add(from.alias.toLowerCase());
    if (!external) return lines;
    const replaced = replace(image);
    const kept = replaced === image;
    const line = ['FROM', from.flags, replaced, ...(from.alias === undefined ? [] : ['AS', from.alias])];
    return [...(kept ? lines : [line.filter((word) => word !== '').join(' ')]), ...afterExternalFrom];
  };

  const rewriteFlags = (lines: readonly string[], flag: RegExp): readonly string[] =>
    lines.map((line) => line.replace(flag, (name) => (isStage(name) || name === 'scratch' ? name : replace(name))));

  const rewrite = (instruction: Instruction, lines: readonly string[]): readonly string[] => {
    const { keyword, text } = instruction;
    if (keyword === 'FROM') return rewriteFrom(instruction, lines);
    // Only an ARG before the first FROM is known in a FROM.
    if (keyword === 'ARG' && stageCount === 0) variables = declareArguments(text, variables);
    const flag = fromFlags[keyword];
    return flag === undefined ? lines : rewriteFlags(lines, flag);
  };
  return { rewrite, references };
};

/** A `# syntax=` directive names the image of the frontend that reads the file. */
const rewriteSyntax = (lines: readonly string[], mirrors: Mirrors): readonly string[] =>
  lines.map((line, index) =>
    index === 0
      ? line.replace(/(?<=^\s*#\s*syntax\s*=\s*)\S+/i, (frontend) => mirrorReference(frontend, mirrors))
      : line,
  );

/**
 * Replaces the images that a Dockerfile starts from or copies from by their mirrors and puts instructions behind each external FROM.
 * Stage names, scratch, what only the builder can resolve, and every other line stay as they are.
 */
export const rewriteDockerfile = (text: string, rewriting: Rewriting): Rewritten => {
  const lines = rewriteSyntax(text.split('\n'), rewriting.mirrors);
  const { rewrite, references } = rewriter(rewriting);
  const edits: readonly Edit[] = parseInstructions(lines).map((instruction) => ({
    from: instruction.from,
    to: instruction.to,
    lines: rewrite(instruction, lines.slice(instruction.from, instruction.to)),
  }));
  const rewritten: string[] = [];
  let at = 0;
  for (const edit of edits) {
    rewritten.push(...lines.slice(at, edit.from), ...edit.lines);
    at = edit.to;
  }
  rewritten.push(...lines.slice(at));
  return { text: rewritten.join('\n'), references: [...references] };
};
