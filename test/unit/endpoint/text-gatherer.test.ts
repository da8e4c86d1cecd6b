import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextGatherer } from '../../../src/endpoint/text-gatherer.ts';

test('is the parts in order, however often it is read between', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 600 }), (parts) => {
      const gatherer = new TextGatherer();
      let expected = '';
      for (const [part, isRead] of parts) {
        gatherer.add(part);
        expected += part;
        if (isRead) expect(gatherer.toString()).toBe(expected);
      }
      expect(gatherer.toString()).toBe(expected);
    }),
  );
});
