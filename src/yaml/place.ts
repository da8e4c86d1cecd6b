/** Where something stands in a file; line and column count from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/** `file:line:column`, as editors and terminals understand it. */
export const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;
