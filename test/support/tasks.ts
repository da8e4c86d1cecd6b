import type { Suite, Task } from '../../src/domain/task.ts';

/** A task with everything filled in; override what the test is about. */
export const aTask = (overrides: Partial<Task> = {}): Task => ({
  id: 'task',
  suite: 'suite',
  instruction: 'Do it.',
  environment: { image: { kind: 'reference', reference: 'none' }, variables: {}, limits: {}, network: 'none' },
  check: { kind: 'reward-file', testsFolder: '/nowhere', variables: {}, prefer: 'reward.json', announcesReport: false },
  budget: { verifierMs: 1000, buildMs: 1000 },
  difficulty: 'easy',
  category: 'test',
  tags: [],
  digest: 'digest',
  ...overrides,
});

export const aSuite = (name: string, tasks: number): Suite => ({
  name,
  version: '1',
  format: 'test',
  tasks: Array.from({ length: tasks }, (_, index) =>
    aTask({ suite: name, id: `task-${index}`, digest: `digest-${index}` }),
  ),
  unsupported: [],
});
