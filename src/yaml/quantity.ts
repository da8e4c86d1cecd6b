import { z } from 'zod';

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
const multiples: Readonly<Record<string, number>> = { '': 1, k: 1000, M: 1_000_000 };
// The patterns are also in the JSON Schema, for editors.
const durationPattern = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)$/;
const countPattern = /^(\d+(?:\.\d+)?)\s*([kM]?)$/;

/** `90s`, `10m`, `1.5h`, `250ms` → milliseconds. The unit is mandatory. */
export const duration = z
  .string({ error: 'expected a duration with its unit, such as 90s, 10m or 1.5h' })
  .meta({ pattern: durationPattern.source })
  .transform((text, context) => {
    const match = durationPattern.exec(text.trim());
    if (match !== null) return Number(match[1]) * (milliseconds[match[2] ?? ''] ?? 0);
    context.addIssue({
      code: 'custom',
      message: `expected a duration with its unit, such as 90s, 10m or 1.5h; got ${JSON.stringify(text)}`,
    });
    return z.NEVER;
  });

/** `128k`, `1M`, `4096` → a count. */
export const count = z
  .union([z.number().int().positive(), z.string().meta({ pattern: countPattern.source })])
  .transform((value, context) => {
    const match = countPattern.exec(String(value).trim());
    const counted = match === null ? 0 : Math.round(Number(match[1]) * (multiples[match[2] ?? ''] ?? 1));
    if (counted > 0) return counted;
    context.addIssue({
      code: 'custom',
      message: `expected a count above 0 such as 4096, 128k or 1M; got ${JSON.stringify(value)}`,
    });
    return z.NEVER;
  });
