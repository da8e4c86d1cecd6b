/** One instruction: its keyword in capitals, its arguments joined over continued lines, and the physical lines `from` … `to` (exclusive). */
export type Instruction = {
  readonly keyword: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** True when here-documents belong to it. */
  readonly heredoc: boolean;
};

const heredocKeywords = new Set(['RUN', 'COPY', 'ADD']);
const isComment = (line: string): boolean => /^\s*#/.test(line);

/** Parser directives stand at the very top, as `# name=value`. */
const directivesOf = (lines: readonly string[]): ReadonlyMap<string, string> => {
  const directives = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = /^\s*#\s*([A-Za-z]+)\s*=\s*(.+?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) break;
    directives.set(name.toLowerCase(), value);
  }
  return directives;
};

/** The words that end the here-documents which a line opens. */
const heredocsOf = (text: string): readonly { readonly word: string; readonly tabs: boolean }[] =>
  [...text.matchAll(/(?<=^|\s)\d*<<(-?)(["']?)([A-Za-z_][\w.]*)\2/g)].map(([, dash, , word]) => ({
    word: word ?? '',
    tabs: dash === '-',
  }));

/** Where the here-documents that `text` opens end; undefined when it opens none, or one has no end and so is something else. */
const endOfHeredocs = (lines: readonly string[], text: string, from: number): number | undefined => {
  const heredocs = heredocsOf(text);
  let at = from;
  for (const { word, tabs } of heredocs) {
    while (at < lines.length && (tabs ? lines[at]?.replace(/^\t+/, '') : lines[at])?.trimEnd() !== word) at += 1;
    at += 1;
  }
  return heredocs.length === 0 || at > lines.length ? undefined : at;
};

/** Joins continued lines; comments and empty lines between them do not end an instruction. */
const logicalLine = (lines: readonly string[], from: number, escapeCharacter: string): { text: string; to: number } => {
  const parts: string[] = [];
  let to = from;
  while (to < lines.length) {
    const line = lines[to] ?? '';
    to += 1;
    if (parts.length > 0 && (isComment(line) || line.trim() === '')) continue;
    const trimmed = line.trimEnd();
    const continued = trimmed.endsWith(escapeCharacter);
    parts.push(continued ? trimmed.slice(0, -1) : trimmed);
    if (!continued) break;
  }
  return { text: parts.join(' ').trim(), to };
};

/** Takes a Dockerfile apart as far as rewriting needs it: continued lines, comments, the escape directive, here-documents. */
export const parseInstructions = (lines: readonly string[]): readonly Instruction[] => {
  const escapeCharacter = directivesOf(lines).get('escape') === '`' ? '`' : '\\';
  const instructions: Instruction[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || isComment(line)) {
      at += 1;
      continue;
    }
    const { text, to } = logicalLine(lines, at, escapeCharacter);
    const [, keyword = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
    const end = heredocKeywords.has(keyword.toUpperCase()) ? endOfHeredocs(lines, rest, to) : undefined;
    instructions.push({
      keyword: keyword.toUpperCase(),
      text: rest,
      from: at,
      to: end ?? to,
      heredoc: end !== undefined,
    });
    at = end ?? to;
  }
  return instructions;
};

/** True when only BuildKit understands it: here-documents, mounts and the newer flags of RUN, COPY and ADD. */
export const needsBuildKit = (dockerfile: string): boolean =>
  parseInstructions(dockerfile.split('\n')).some(
    ({ keyword, text, heredoc }) =>
      heredoc ||
      (keyword === 'RUN' && /^\s*--(mount|network|security)\b/.test(text)) ||
      (/^(COPY|ADD)$/.test(keyword) &&
        /(^|\s)--(link|chmod|parents|exclude|checksum|keep-git-dir|unpack)\b/.test(text)),
  );
