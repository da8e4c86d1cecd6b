import { usageSource } from '../../../measure/counted-output.ts';
import type { Column } from '../../../report/table/column.ts';
import type { Arm } from '../../probe.ts';
import { boolean, measured, text, whole } from '../../show/columns.ts';
import type { ProbeCall } from '../carry-out.ts';
import { type Reading, readingOf } from '../reading.ts';

/** A call with all that can be read off it. */
export type CallRow = { readonly call: ProbeCall; readonly arm: Arm; readonly reading: Reading | undefined };

/** The rows of calls.csv. */
export const callRows = (
  calls: readonly ProbeCall[],
  { arms, engineRate }: { readonly arms: readonly Arm[]; readonly engineRate?: number | undefined },
): readonly CallRow[] =>
  calls.flatMap((call) => {
    const arm = arms.find(({ id }) => id === call.arm);
    const reading = call.turn === undefined ? undefined : readingOf(call.turn, engineRate);
    return arm === undefined ? [] : [{ call, arm, reading }];
  });

/** One row a call, failed ones included. */
export const callColumns: readonly Column<CallRow>[] = [
  text('arm', 'endpoint, and transport where several were probed', ({ arm }) => arm.id),
  text('endpoint', 'id of the endpoint', ({ arm }) => arm.endpoint.id),
  text('model', 'model as asked for', ({ arm }) => arm.endpoint.model),
  text('protocol', 'wire protocol', ({ arm }) => arm.endpoint.protocol),
  text('transport', 'transport asked for', ({ arm }) => arm.endpoint.transport),
  boolean('simulated', 'true for the simulator', ({ arm }) => arm.endpoint.simulated),
  text('cell', 'what the call was for', ({ call }) => call.cell.kind),
  whole('prompt_tokens_asked', 'size of the prompt as planned', ({ call }) => call.cell.promptTokens),
  whole('output_tokens_asked', 'limit on the answer', ({ call }) => call.cell.outputTokens),
  whole('streams', 'calls made at once', ({ call }) => call.cell.streams),
  whole('round', 'from 0', ({ call }) => call.round),
  whole('stream', 'which of those made at once, from 0', ({ call }) => call.stream),
  text('fault', 'why there is no answer', ({ call }) => call.failure?.fault),
  boolean(
    'connection_reused',
    'false where a connection was made for the call',
    ({ call }) => call.turn?.connection?.reused,
  ),
  text(
    'fallback',
    'transport really used, where the asked one was refused',
    ({ call }) => call.turn?.connection?.fallback,
  ),
  measured('dns_ms', 'name look-up', ({ call }) => call.turn?.connection?.dnsMs),
  measured('tcp_ms', 'TCP handshake', ({ call }) => call.turn?.connection?.tcpMs),
  measured('tls_ms', 'TLS handshake', ({ call }) => call.turn?.connection?.tlsMs),
  measured('upgrade_ms', 'WebSocket upgrade', ({ call }) => call.turn?.connection?.upgradeMs),
  measured('round_trip_ms', 'dispatch to first sign of the answer', ({ reading }) => reading?.roundTripMs),
  measured('ttft_ms', 'dispatch to first content', ({ reading }) => reading?.ttftMs),
  measured('duration_ms', 'dispatch to the end of the answer', ({ reading }) => reading?.durationMs),
  measured('time_per_token_us', 'time between two tokens', ({ reading }) => reading?.timePerTokenUs),
  measured('engine_per_token_us', "of it the engine's, by its own clock", ({ reading }) => reading?.enginePerTokenUs),
  measured('overhead_per_token_us', 'of it everything else', ({ reading }) => reading?.overheadPerTokenUs),
  whole('input_tokens', 'as the endpoint counted', ({ call }) => call.turn?.usage.input),
  whole('cached_input_tokens', 'of them from its cache', ({ call }) => call.turn?.usage.cachedInput),
  whole('output_tokens', 'as the endpoint counted, or we did', ({ call }) => call.turn?.usage.output),
  text(
    'usage_source',
    'who counted the output tokens: server, or tokenizer:VOCABULARY for an estimate of ours',
    ({ call }) => call.turn && usageSource(call.turn),
  ),
  measured('server_total_ms', "the endpoint's own total", ({ call }) => call.turn?.serverTiming?.totalMs),
];
