import type { OfferedTool } from './conversation.ts';

const shellNames = [
  'bash',
  'exec_command',
  'shell',
  'shell_command',
  'local_shell',
  'run_shell_command',
  'execute_command',
];
const commandProperties = ['command', 'cmd', 'script', 'input'];

const rank = (tool: OfferedTool): number => {
  const position = shellNames.indexOf(tool.name.toLowerCase());
  if (position >= 0) return position;
  return ['command', 'cmd'].some((name) => name in tool.properties) ? shellNames.length : Number.POSITIVE_INFINITY;
};

/** The tool that runs a command line, whatever this client calls it. */
export const findShellTool = (tools: readonly OfferedTool[]): OfferedTool | undefined => {
  const [best] = tools.filter((tool) => Number.isFinite(rank(tool))).sort((left, right) => rank(left) - rank(right));
  return best;
};

/** The tool that ends a task, where the client has one. */
export const findSubmitTool = (tools: readonly OfferedTool[]): OfferedTool | undefined =>
  tools.find((tool) => tool.name.toLowerCase() === 'submit');

const plausibleValue = (type: unknown, text: string): unknown => {
  switch (Array.isArray(type) ? type[0] : type) {
    case 'boolean':
      return false;
    case 'number':
    case 'integer':
      return 0;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return text;
  }
};

const requiredValues = (tool: OfferedTool, text: string): Record<string, unknown> =>
  Object.fromEntries(tool.required.map((name) => [name, plausibleValue(tool.properties[name]?.type, text)]));

/** JSON text of the arguments with which this tool runs a command line; a native shell takes an argument vector. */
export const shellArguments = (tool: OfferedTool, command: string): string => {
  if (tool.kind === 'custom') return command;
  const vector = ['bash', '-lc', command];
  if (tool.kind === 'local_shell') return JSON.stringify({ command: vector });
  const name = commandProperties.find((candidate) => candidate in tool.properties) ?? 'command';
  const isVector = tool.properties[name]?.type === 'array';
  return JSON.stringify({
    ...requiredValues(tool, 'Run a command'),
    [name]: isVector ? vector : command,
    // Codex hands back an unfinished command after ten seconds, which a script could not follow.
    ...('yield_time_ms' in tool.properties ? { yield_time_ms: 30_000 } : {}),
  });
};

/** JSON text of the arguments with which a submit tool is called. */
export const submitArguments = (tool: OfferedTool, message: string): string =>
  tool.kind === 'custom' ? message : JSON.stringify(requiredValues(tool, message));
