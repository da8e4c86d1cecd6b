import { describe, expect, it } from 'vitest';
import { classifyFault } from '../../../../src/endpoint/fault/classify.ts';
import { quote, readErrorBody } from '../../../../src/endpoint/fault/provider-words.ts';

const fault = (body: unknown, status?: number) => classifyFault({ ...readErrorBody(JSON.stringify(body)), status });

describe('classifyFault', () => {
  it.each([
    [400, { error: { message: 'bad value', type: 'invalid_request_error' } }, 'invalid-request'],
    [
      401,
      { error: { message: 'Incorrect API key', type: 'invalid_request_error', code: 'invalid_api_key' } },
      'authentication',
    ],
    [401, {}, 'authentication'],
    [403, { error: 'forbidden' }, 'authentication'],
    [404, { error: { message: 'no such model', type: 'invalid_request_error' } }, 'not-found'],
    [408, {}, 'timeout'],
    [413, { message: 'Please reduce the length of the messages' }, 'context-overflow'],
    [429, { error: { message: 'slow', code: 'rate_limit_exceeded' } }, 'rate-limited'],
    [429, {}, 'rate-limited'],
    [429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 'authentication'],
    [500, {}, 'server-error'],
    [502, { error: '<html>' }, 'server-error'],
    [503, {}, 'overloaded'],
    [529, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'overloaded'],
    [
      400,
      { error: { message: 'maximum context length is 8192 tokens', code: 'context_length_exceeded' } },
      'context-overflow',
    ],
    [
      400,
      { type: 'error', error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens' } },
      'context-overflow',
    ],
    [418, {}, 'invalid-request'],
  ])('%i %j is %s', (status, body, expected) => expect(fault(body, status)).toBe(expected));

  it.each([
    [{ error: { type: 'overloaded_error', message: 'x' } }, 'overloaded'],
    [{ error: { code: 'rate_limit_exceeded', message: 'x' } }, 'rate-limited'],
    [{ error: { code: 'server_error', message: 'x' } }, 'server-error'],
    [{ error: { type: 'invalid_request_error', message: 'x' } }, 'invalid-request'],
    [{ error: { message: 'something broke' } }, undefined],
  ])('in a stream %j is %s', (body, expected) => expect(fault(body)).toBe(expected));
});

describe('quote', () => {
  it('keeps 300 characters on one line, free of control characters', () => {
    expect(quote('a\u001b[31mred\r\nb')).toBe('a [31mred b');
    expect(quote('x'.repeat(400))).toHaveLength(301);
  });
});
