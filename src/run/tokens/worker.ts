import { parentPort } from 'node:worker_threads';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

// A program of its own thread: it answers lists of texts with their counts, in order. What looks like a special token is text.
const asText = { disallowedSpecial: new Set<string>() };
parentPort?.on('message', (texts: readonly string[]) =>
  parentPort?.postMessage(texts.map((text) => countTokens(text, asText))),
);
