import type { TrialRecord } from '../../src/domain/trial.ts';
import type { FilesOf } from '../../src/report/detail/trial-detail.ts';

const trajectory = (record: TrialRecord): string =>
  JSON.stringify({
    schema_version: 'ATIF-v1.7',
    session_id: record.trialId,
    agent: { name: 'shell', version: '1', model_name: 'synthetic' },
    steps: [
      {
        step_id: 1,
        source: 'user',
        message: `Solve ${record.task}: the service does not start. Find out why and repair it.`,
      },
      ...record.turns.map((turn, index) => ({
        step_id: index + 2,
        timestamp: record.startedAt,
        source: 'agent',
        message: index === 0 ? 'I look at the logs first.' : 'Next I try the obvious repair and run the tests.',
        reasoning_content: index === 0 ? 'The unit file may be wrong.' : undefined,
        tool_calls: [
          {
            tool_call_id: `call-${index}`,
            function_name: 'bash',
            arguments: { command: `sed -n '1,40p' /var/log/service.${index}.log` },
          },
        ],
        observation: {
          results: [
            {
              source_call_id: `call-${index}`,
              content: `line ${index}: permission denied\nexit`,
              extra: { exit_code: index % 2, duration_ms: 41.5 },
            },
          ],
        },
        metrics: {
          prompt_tokens: turn.usage.input,
          completion_tokens: turn.usage.output,
          extra: { ttftMs: 52.1, durationMs: 480.2, decodeTokensPerSecond: 998.1 },
        },
      })),
    ],
  });

const spans = ({ segments }: TrialRecord): string => {
  let at = 0;
  return Object.entries(segments)
    .map(([name, ms]) => {
      const span = { name, startMs: at, endMs: at + ms };
      at += ms;
      return `${JSON.stringify(span)}\n`;
    })
    .join('');
};

/** Made-up files beside each attempt, in the store's layout. */
export const syntheticFilesOf = (records: readonly TrialRecord[]): FilesOf => {
  const byAttempt = new Map(records.map((record) => [record.attemptId, record]));
  return async ({ attemptId }) => {
    const record = byAttempt.get(attemptId);
    if (record === undefined) return [];
    return [
      { path: 'spans.jsonl', content: spans(record) },
      {
        path: 'submission.diff',
        content: `--- a/app.py\n+++ b/app.py\n@@ -1,2 +1,2 @@\n-print("broken")\n+print("fixed ${record.task}")\n`,
      },
      { path: 'trajectory.json', content: trajectory(record) },
      { path: 'verifier/output.txt', content: `=== 7 passed in 0.31s (${record.task}) ===\n` },
    ];
  };
};
