import { z } from 'zod';
import { loadYamlFiles } from './yaml-files.ts';

const turnSchema = z
  .strictObject({
    reasoning: z.string().min(1).optional(),
    text: z.string().min(1).optional(),
    /** Says the text this many times over; a client's limit on output tokens cuts it. */
    repeat: z.int().positive().optional(),
    /** A command line for the agent's shell tool, whatever that is called. */
    bash: z.string().min(1).optional(),
    /** Ends the task; a text is the closing message. */
    submit: z.union([z.literal(true), z.string().min(1)]).optional(),
  })
  .refine(
    ({ repeat: _repeat, ...turn }) => Object.keys(turn).length > 0,
    'a turn needs at least one of reasoning, text, bash, submit',
  );

const attemptSchema = z.strictObject({
  name: z.string().min(1),
  style: z.enum(['careful', 'hasty']),
  turns: z.array(turnSchema).min(1),
});

/** A file of scripted attempts at one task. `instruction` is a sentence that stands verbatim in the task's instruction. */
export const attemptScriptSchema = z.strictObject({
  task: z.string().min(1),
  instruction: z.string().min(8),
  attempts: z.array(attemptSchema).min(1),
});

export type AttemptScript = z.output<typeof attemptScriptSchema>;
export type Attempt = AttemptScript['attempts'][number];
export type AttemptTurn = Attempt['turns'][number];
export type AttemptStyle = Attempt['style'];

/** Loads the scripted attempts below a folder (or from one file); throws UserError with file:line:column. */
export const loadAttempts = (path: string): Promise<readonly AttemptScript[]> =>
  loadYamlFiles([path], attemptScriptSchema);
