import { describe, expect, it } from 'vitest';
import { requestUrl } from '../../../../src/endpoint/transport/request-url.ts';

const sent = (address: string, scheme: 'http' | 'ws' = 'http'): string =>
  requestUrl(address, '/responses', scheme).href;

describe('requestUrl', () => {
  it('appends the path, with or without a slash at the end', () => {
    expect(sent('https://api.example.com/v1')).toBe('https://api.example.com/v1/responses');
    expect(sent('http://127.0.0.1:8080/v1/')).toBe('http://127.0.0.1:8080/v1/responses');
    expect(sent('https://api.example.com')).toBe('https://api.example.com/responses');
  });

  it('keeps the query of an address where a query belongs', () => {
    expect(sent('https://x.example.com/openai/v1?api-version=preview')).toBe(
      'https://x.example.com/openai/v1/responses?api-version=preview',
    );
  });

  it('speaks the scheme of the transport, whichever the address was written for', () => {
    expect(sent('https://api.example.com/v1', 'ws')).toBe('wss://api.example.com/v1/responses');
    expect(sent('wss://api.example.com/v1', 'http')).toBe('https://api.example.com/v1/responses');
    expect(sent('ws://localhost:1/v1', 'ws')).toBe('ws://localhost:1/v1/responses');
  });
});
