import { expect, it } from 'vitest';
import { readGates } from '../../../src/gate/file/read-gates.ts';
import { metricsText } from '../../../src/gate/output/metrics-text.ts';

it('lists every metric as it can be written: a gate made from each entry is understood', () => {
  const entries = [...metricsText().matchAll(/^(\w+)\n {4}written like (.+); .*better.*\n {4}\S.*$/gm)];
  expect(entries.length).toBeGreaterThan(40);
  for (const [, metric = '', value = ''] of entries) {
    const within = metric === 'solved_within' ? ', within: 5m' : '';
    const text = `version: 1\ngates:\n  - { name: g, metric: ${metric}, at_most: ${value}${within} }\n`;
    expect(readGates(text, 'gates.yaml').gates).toMatchObject([{ metric }]);
  }
});
