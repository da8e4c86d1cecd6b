import { describe, expect, test } from 'vitest';
import {
  findShellTool,
  findSubmitTool,
  shellArguments,
  submitArguments,
} from '../../../../src/simulator/plan/tools.ts';
import { aTool } from '../../../support/simulator.ts';

const callOf = (tool: ReturnType<typeof aTool>) => JSON.parse(shellArguments(tool, 'ls -l'));

describe('the shell tool, whatever the client calls it', () => {
  test.each([
    ['bash', aTool('bash', { command: 'string' }), { command: 'ls -l' }],
    [
      'Codex',
      aTool('exec_command', { cmd: 'string', yield_time_ms: 'number' }, ['cmd']),
      { cmd: 'ls -l', yield_time_ms: 30000 },
    ],
    [
      'Claude Code',
      aTool('Bash', { command: 'string', description: 'string' }),
      { command: 'ls -l', description: 'Run a command' },
    ],
    ['a vector', aTool('shell', { command: 'array' }), { command: ['bash', '-lc', 'ls -l'] }],
    [
      'an unknown name',
      aTool('terminal_tool', { command: 'string', wait: 'boolean' }),
      { command: 'ls -l', wait: false },
    ],
  ])('%s', (_, tool, expected) => {
    const offered = [aTool('read_file', { path: 'string' }), tool];
    expect(findShellTool(offered)).toBe(tool);
    expect(callOf(tool)).toEqual(expected);
  });

  test('is not invented where none is offered', () => {
    expect(findShellTool([aTool('read_file', { path: 'string' })])).toBeUndefined();
  });
});

test('submit gets its message in a required string, or nothing', () => {
  const withSummary = aTool('submit', { summary: 'string' });
  expect(findSubmitTool([aTool('bash', { command: 'string' }), withSummary])).toBe(withSummary);
  expect(submitArguments(withSummary, 'done')).toBe('{"summary":"done"}');
  expect(submitArguments(aTool('submit', {}), 'done')).toBe('{}');
});
