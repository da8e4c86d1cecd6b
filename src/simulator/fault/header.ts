import { invalidRequest } from '../protocol/protocol.ts';
import { type Fault, faultSchema } from './fault.ts';

/**
 * Reads the `x-simulate-fault` header: `kind; key=value; …`, several faults separated by commas,
 * e.g. `http_error; status=429; retry_after=seconds, slow_headers; ms=200`.
 */
export const readFaultHeader = (header: string | readonly string[] | undefined): readonly Fault[] => {
  if (header === undefined) return [];
  const text = typeof header === 'string' ? header : header.join(',');
  return text.split(',').map((one) => {
    const [kind = '', ...pairs] = one.split(';').map((part) => part.trim());
    const values = pairs.map((pair) => {
      const [key = '', value = ''] = pair.split('=');
      return [key.trim(), value.trim()] as const;
    });
    const result = faultSchema.safeParse({ kind, ...Object.fromEntries(values) });
    if (result.success) return result.data;
    throw invalidRequest(`x-simulate-fault: "${one.trim()}": ${result.error.issues[0]?.message}`);
  });
};
