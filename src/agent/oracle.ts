import { InfraError } from '../domain/errors.ts';
import type { Solution } from '../domain/task.ts';
import type { Step } from '../domain/trajectory.ts';
import type { StopReason } from '../domain/trial.ts';
import type { ExecResult } from '../sandbox/sandbox.ts';
import type { Agent, AgentTools } from './agent.ts';

const apply = async (solution: Solution, { shell, signal, budget }: AgentTools): Promise<ExecResult> => {
  const options = { signal, timeoutMs: budget.timeMs };
  if (solution.kind === 'script') {
    await shell.uploadFolder(solution.folder, '/solution');
    const variables = { DEBIAN_FRONTEND: 'noninteractive', ...solution.variables };
    return shell.exec(['bash', '-c', 'chmod +x /solution/solve.sh && /solution/solve.sh'], {
      ...options,
      user: 'root',
      variables,
    });
  }
  return shell.exec(['git', 'apply', '--whitespace=nowarn', '-'], { ...options, stdin: solution.patch });
};

/** The control that must be resolved: applies the gold solution. Its exit code is kept, not judged, as Harbor does. */
export const oracle: Agent = {
  name: 'oracle',
  version: '1',
  async *solve(task, tools): AsyncGenerator<Step, StopReason> {
    if (task.solution === undefined)
      throw new InfraError('agent', 'no-solution', `task ${task.id} ships no solution for the oracle`);
    const startedAt = tools.clock.wall().toISOString();
    const result = await apply(task.solution, tools);
    const text = `${result.stdout.text}${result.stderr.text}`;
    const observation = { toolCallId: 'solution', text, exitCode: result.exitCode, durationMs: result.durationMs };
    yield {
      startedAt,
      text: 'Applied the gold solution.',
      reasoning: '',
      toolCalls: [{ id: 'solution', name: 'solution', argumentsText: '{}' }],
      observations: [observation],
    };
    return 'submitted';
  },
};
