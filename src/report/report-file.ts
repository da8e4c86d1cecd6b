/** A file of the report; its path is relative to the run's report folder. The content is all that writeFile of node:fs/promises takes. */
export type ReportFile = {
  readonly path: string;
  readonly content: string | Uint8Array | AsyncIterable<string | Uint8Array>;
};
