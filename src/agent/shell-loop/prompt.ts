import type { Message, ToolDefinition } from '../../domain/model/message.ts';
import type { Task } from '../../domain/task.ts';

const system = `You are a software engineer working in a Linux container through one tool, \`bash\`.
Each call runs in a fresh shell in the working directory: directory changes and variables do not last, files do.
There is nobody to ask. Work until the task is done, check your work, then call \`submit\`.`;

/** The conversation's beginning. The instruction stands verbatim, so that it can be found again. */
export const openingMessages = (task: Task): readonly Message[] => [
  { role: 'system', text: system },
  { role: 'user', text: `${task.instruction}\n\nWhen the work is done and checked, call \`submit\`.` },
];

/** Said to a model that answered without acting. */
export const nudge = 'No action was taken: call `bash` to work on the task, or `submit` when it is done.';

export const tools: readonly ToolDefinition[] = [
  {
    name: 'bash',
    description:
      'Run a command with bash in the working directory. Returns its exit code, standard output and standard error.',
    parameters: {
      type: 'object',
      properties: { command: { type: 'string', description: 'The command, may span several lines.' } },
      required: ['command'],
      additionalProperties: false,
    },
  },
  {
    name: 'submit',
    description: 'Declare the task done. Ends the session; the state of the container is what will be judged.',
    parameters: { type: 'object', properties: {}, additionalProperties: false },
  },
];
