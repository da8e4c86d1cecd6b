import type { EditSize } from './trial.ts';

/** Paths a unified git diff touches, old and new side. */
export const filesOfPatch = (patch: string): readonly string[] => {
  const paths = new Set<string>();
  for (const match of patch.matchAll(/^diff --git a\/(.+?) b\/(.+)$/gm)) {
    for (const path of [match[1], match[2]]) if (path !== undefined) paths.add(path);
  }
  return [...paths];
};

/** Files and lines a git diff changes; header lines are told from content by their place before the first hunk. */
export const editSizeOf = (patch: string): EditSize => {
  let insertions = 0;
  let deletions = 0;
  let inHunk = false;
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff --git ')) inHunk = false;
    else if (line.startsWith('@@ ')) inHunk = true;
    else if (inHunk && line.startsWith('+')) insertions += 1;
    else if (inHunk && line.startsWith('-')) deletions += 1;
  }
  return { files: [...patch.matchAll(/^diff --git /gm)].length, insertions, deletions };
};
