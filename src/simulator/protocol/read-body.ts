import type { z } from 'zod';
import type { ConversationEntry, OfferedTool } from '../plan/conversation.ts';
import { invalidRequest } from './protocol.ts';

/** Reads a body by its schema; the refusal names the first mistake as vendors do. */
export const readBody = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> => {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidRequest(`Invalid request: ${issue?.path.join('.')}: ${issue?.message}`);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a message's content: a string, or a list of parts of which those without text count as their JSON. */
export const textOf = (content: unknown): string => {
  if (typeof content === 'string') return content;
  if (content === null || content === undefined) return '';
  if (!Array.isArray(content)) return JSON.stringify(content);
  return content
    .map((part: unknown) => (isRecord(part) && typeof part.text === 'string' ? part.text : textOf(part)))
    .join('\n');
};

/** A function tool from its name and JSON Schema. */
export const functionTool = (name: string, schema: unknown): OfferedTool => {
  const properties = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {};
  const required = isRecord(schema) && Array.isArray(schema.required) ? schema.required : [];
  return {
    name,
    kind: 'function',
    properties: Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, isRecord(value) ? { type: value.type } : {}]),
    ),
    required: required.filter((key) => typeof key === 'string'),
  };
};

/** What is sent anew with each request and counts as input: instructions, and the tools as JSON. */
export const preambleOf = (tools: readonly unknown[], instructions = ''): readonly ConversationEntry[] =>
  [tools.length === 0 ? '' : JSON.stringify(tools), instructions]
    .filter((text) => text !== '')
    .map((text) => ({ role: 'system', text }));
