import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { traceLines } from './buildkit-trace.ts';

/** What one message of the engine means to us. */
export type ProgressMessage = { readonly lines: readonly string[]; readonly error?: string | undefined };

const field = (message: object, name: string): unknown => (message as Record<string, unknown>)[name];

const errorOf = (message: object): string | undefined => {
  const detail = field(message, 'errorDetail');
  const told = typeof detail === 'object' && detail !== null ? field(detail, 'message') : undefined;
  const plain = field(message, 'error');
  return [told, plain].find((text): text is string => typeof text === 'string' && text !== '');
};

const linesOf = (message: object): readonly string[] => {
  const { stream, status, id, progressDetail, aux } = message as Record<string, unknown>;
  if (id === 'moby.buildkit.trace' && typeof aux === 'string') return traceLines(Buffer.from(aux, 'base64'));
  if (typeof stream === 'string') return stream.split(/[\r\n]+/);
  // Counts of bytes come many times a second: only the changes of state are news.
  const counts = typeof progressDetail === 'object' && progressDetail !== null && 'current' in progressDetail;
  if (typeof status !== 'string' || counts) return [];
  return [typeof id === 'string' && id !== '' ? `${id}: ${status}` : status];
};

/** Reads one line of the engine's progress; a line that is no JSON is passed on as it is. */
export const readProgress = (line: string): ProgressMessage => {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return { lines: [line] };
  }
  if (typeof message !== 'object' || message === null) return { lines: [] };
  return {
    lines: linesOf(message)
      .map((text) => stripVTControlCharacters(text).trimEnd())
      .filter((text) => text !== ''),
    error: errorOf(message),
  };
};

/** Splits the engine's progress into messages; failures come only inside it, with a reply that says that all is well. */
export async function* progressMessages(stream: AsyncIterable<Uint8Array>): AsyncGenerator<ProgressMessage> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield readProgress(line);
  }
  if (rest.trim() !== '') yield readProgress(rest);
}
