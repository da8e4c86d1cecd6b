import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/domain/model/message.ts';
import { placeOf } from '../../../../src/endpoint/recording/place.ts';
import { aRequest } from '../../../support/endpoints.ts';

const opening: readonly Message[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Fix it.' },
];
const answer: Message = { role: 'assistant', text: 'Looking.', reasoning: '', toolCalls: [] };
const place = (messages: readonly Message[], recordedAs?: string) => placeOf(aRequest({ messages, recordedAs }));

describe('the place of a request', () => {
  it('is the same for the same task, and counts the answers before it', () => {
    const later = place([...opening, answer, { role: 'user', text: 'whatever came of it' }]);
    expect(later).toEqual({ opening: place(opening).opening, turn: 1 });
    expect(place(opening).turn).toBe(0);
  });

  it('is another for another task or another system prompt', () => {
    const others = [
      [opening[0], { role: 'user', text: 'Fix that.' }],
      [{ role: 'system', text: 'Be long.' }, opening[1]],
    ] as readonly (readonly Message[])[];
    for (const messages of others) expect(place(messages).opening).not.toBe(place(opening).opening);
  });

  it('goes by its name where it has one', () => {
    const named = place(opening, 'probe prompt-100');
    expect(named).toEqual(place([{ role: 'user', text: 'other words' }], 'probe prompt-100'));
    expect(named).not.toEqual(place(opening));
  });
});
