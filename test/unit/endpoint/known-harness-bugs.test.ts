import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const bugs = 'integration/endpoint/known-harness-bugs.test.ts';
const turnTiming = 'unit/measure/turn-timing.test.ts';
const sseAnswers = 'integration/endpoint/sse-answers.test.ts';
const webSocket = 'integration/endpoint/websocket.test.ts';
const callModel = 'integration/endpoint/call-model.test.ts';

/**
 * What is known to have gone wrong in published harnesses, and the test that fails where it goes wrong here. One is not
 * tested: that a processor's governor slows the client down (what it does to the clock is the loop's delay, which is watched).
 */
const known: readonly (readonly [bug: string, file: string, title: string])[] = [
  ['a chunk with the role alone stops TTFT: vLLM #15106', bugs, 'is not stopped by a role-only or empty chunk'],
  [
    'reasoning is ignored for TTFT: guidellm #737, inference-perf #559, genai-bench #81, AIPerf #391, LLMPerf',
    bugs,
    'is stopped by reasoning under either name',
  ],
  [
    'one name for the first token and the first that is not reasoning: guidellm #760',
    turnTiming,
    'tells the first token of any channel from the first that is not reasoning',
  ],
  ['tool arguments are no content', bugs, 'is stopped by tool arguments'],
  ['message_start and ping stop TTFT', bugs, 'is not stopped by message_start or ping'],
  ['the trailing usage chunk overwrites TTFT: genai-bench #44', bugs, 'is not overwritten by the trailing usage chunk'],
  ['retries and back-off hidden in TTFT: vendor SDKs', bugs, 'has no hidden retry and no back-off in it'],
  [
    'back-off, admission and failed tries in TTFT on the timeline of a trial',
    'unit/run/timeline.test.ts',
    'gives failed tries, back-off and the wait for a place spans of their own',
  ],
  ['a new connection for every request: LLMPerf', bugs, 'belongs to a connection that is reused'],
  [
    'connecting hidden before the clock starts: Cerebras SDK',
    'integration/endpoint/chat-over-sse.test.ts',
    'keeps one connection for calls that follow one another',
  ],
  [
    'latency ends at the trailing usage chunk: tokenomics c272fa1',
    bugs,
    'ends with the answer, not with the trailing usage chunk',
  ],
  [
    'time per token from the request on: guidellm, paseo #6850',
    bugs,
    'of decoding leave the wait for the first token out',
  ],
  ['chunks counted as tokens: AIPerf #291, vLLM #42661, #45678, guidellm', bugs, 'count tokens, not chunks'],
  [
    'gaps between chunks called ITL, or halved by a token added to each: inference-perf #410, #564, vLLM #28183',
    bugs,
    'lie apart by the time between tokens',
  ],
  ['a bundled first chunk inflates the rate: AIPerf #1279', bugs, 'are not inflated by a bundled first chunk'],
  ['reasoning counted twice: tokenomics c272fa1', bugs, 'do not count reasoning twice'],
  ['hidden reasoning inflates the rate', bugs, 'are not inflated by hidden reasoning'],
  [
    'everything at once read as an endless speed: LiteLLM #26102',
    bugs,
    'are unknown when a proxy delivers everything at once',
  ],
  ['no usage read as no tokens, or as one a chunk', bugs, 'are unknown, not zero, without usage'],
  ['one vocabulary for every model: LLMPerf', bugs, "are the server's count"],
  ['rates averaged', bugs, 'over many calls weigh each by its time'],
  ['padding taken for content: OpenAI obfuscation', bugs, 'take no notice of padding'],
  ['one serial writer skews the speed of each stream: d-inference #475', bugs, 'of one stream are its own'],
  [
    'stamps after the reader got to it: openai SDK, asyncio (guidellm #470, llm-d-benchmark #261)',
    bugs,
    'are taken when bytes arrive',
  ],
  ['the same over a WebSocket', webSocket, 'stamps messages when they are read'],
  ['stamps after parsing: tokenomics c272fa1', bugs, 'are taken before parsing'],
  ['milliseconds where tokens are a third of one apart: tokenomics dad5ed0', bugs, 'tell moments apart'],
  ['the wall clock for intervals: autocannon, Harbor', bugs, 'do not follow the wall clock'],
  [
    'a busy client inflates TTFT and nobody is told: AIPerf #1424, guidellm #526',
    'unit/run/metering/loop-delay.test.ts',
    'counts one long pause by its length',
  ],
  ['an error in mid-stream is a success: tokenomics c272fa1', bugs, 'is not an error in mid-stream'],
  ['an early end is the answer: opencode', bugs, 'is not a stream that ends early in good order'],
  ['only 200 is a success: tokenomics c272fa1', bugs, 'is any 2xx'],
  [
    'an answer that was cut has a rate',
    turnTiming,
    'ends a turn that was cut with its last content, without an end-to-end rate',
  ],
  ['compression batches events: SSE', bugs, 'asks for no compression and for usage'],
  [
    'compression batches events: a proxy compresses unasked',
    sseAnswers,
    'a compressed stream, though none was asked for',
  ],
  ['compression batches events: permessage-deflate', webSocket, 'asks for no compression'],
  [
    'rate-limit headers with a window in their name read as none: Groq-style clients at Cerebras',
    'unit/endpoint/fault/retry-after.test.ts',
    'the longest of the exhausted buckets of Cerebras',
  ],
  [
    'TCP waits for an acknowledgement before it sends a small write: Codex',
    'integration/endpoint/no-delay.test.ts',
    'does not wait for the acknowledgement of what was written before it',
  ],
  ['a wait of an hour is waited: Codex, opencode', callModel, 'does not wait an hour'],
  [
    "input without what came from the cache: Anthropic's usage",
    'unit/endpoint/protocol/messages.test.ts',
    'counts cached and written tokens as input',
  ],
  ['an unknown event is fatal, or content', 'contract/endpoint.contract.ts', 'text: collects it with its usage'],
];

describe('every known bug of a harness', () => {
  it.each(known)('%s', (_bug, file, title) => {
    expect(readFileSync(join(import.meta.dirname, '../..', file), 'utf8')).toContain(title);
  });
});
