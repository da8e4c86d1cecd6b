import type { Turn } from '../../domain/model/turn.ts';
import { redirectTtftMs, timeToStopMs } from '../steering.ts';
import {
  decodeTokensPerSecond,
  durationMs,
  endToEndTokensPerSecond,
  networkMs,
  tokensPerChunk,
  ttfoMs,
  ttftMs,
} from '../turn-timing.ts';
import { type Metric, seconds } from './metric.ts';

/** One value a turn. */
export const turnMetrics: readonly Metric<Turn>[] = [
  {
    id: 'ttft_s',
    label: 'TTFT',
    unit: 's',
    better: 'lower',
    formula: 'dispatch → first non-empty fragment of any channel (reasoning, text, tool arguments)',
    needs: ['stamps.firstContent'],
    compute: (turn) => seconds(ttftMs(turn)),
  },
  {
    id: 'ttfo_s',
    label: 'TTFO',
    unit: 's',
    better: 'lower',
    formula: 'dispatch → first non-reasoning fragment',
    needs: ['stamps.firstText or stamps.firstTool'],
    compute: (turn) => seconds(ttfoMs(turn)),
  },
  {
    id: 'latency_s',
    label: 'Latency',
    unit: 's',
    better: 'lower',
    formula: 'dispatch → terminal event or last content, whichever is later',
    needs: ['stamps.terminal'],
    compute: (turn) => seconds(durationMs(turn)),
  },
  {
    id: 'decode_tokens_per_s',
    label: 'Decode',
    unit: 'tokens/s',
    better: 'higher',
    formula:
      '(shown output tokens − tokens of the first chunk) ÷ (last content − first content); undefined below two content chunks',
    needs: ['usage.output', 'stamps.firstContent', 'stamps.lastContent'],
    compute: (turn) => decodeTokensPerSecond([turn]),
  },
  {
    id: 'end_to_end_tokens_per_s',
    label: 'End to end',
    unit: 'tokens/s',
    better: 'higher',
    formula: 'output tokens ÷ (terminal − dispatch)',
    needs: ['usage.output', 'stamps.terminal'],
    compute: (turn) => endToEndTokensPerSecond([turn]),
  },
  ...(
    [
      ['input_tokens', 'Input tokens', 'input', 'cached tokens included'],
      ['cached_input_tokens', 'Cached input tokens', 'cachedInput', 'part of the input tokens'],
      ['output_tokens', 'Output tokens', 'output', 'reasoning included'],
      ['reasoning_tokens', 'Reasoning tokens', 'reasoning', 'part of the output tokens'],
    ] as const
  ).map(
    ([id, label, field, note]): Metric<Turn> => ({
      id,
      label,
      unit: 'tokens',
      better: 'neither',
      formula: `as the provider stated it; ${note}`,
      needs: [`usage.${field}`],
      compute: ({ usage }) => usage[field],
    }),
  ),
  ...(
    [
      ['dns_s', 'Name look-up', 'dnsMs'],
      ['tcp_s', 'TCP handshake', 'tcpMs'],
      ['tls_s', 'TLS handshake', 'tlsMs'],
      ['upgrade_s', 'WebSocket upgrade', 'upgradeMs'],
    ] as const
  ).map(
    ([id, label, field]): Metric<Turn> => ({
      id,
      label,
      unit: 's',
      better: 'lower',
      formula: 'part of opening a new connection, inside TTFT; empty on an open one',
      needs: [`connection.${field}`],
      compute: ({ connection }) => seconds(connection?.[field]),
    }),
  ),
  ...(
    [
      ['server_queue_s', 'Queueing at the provider', 'queueMs'],
      ['server_prefill_s', "The provider's prefill", 'prefillMs'],
      ['server_decode_s', "The provider's decode", 'decodeMs'],
      ['server_total_s', "The provider's total", 'totalMs'],
    ] as const
  ).map(
    ([id, label, field]): Metric<Turn> => ({
      id,
      label,
      unit: 's',
      better: 'lower',
      formula: "by the provider's own clock, where it states it",
      needs: [`serverTiming.${field}`],
      compute: ({ serverTiming }) => seconds(serverTiming?.[field]),
    }),
  ),
  {
    id: 'network_s',
    label: 'Network and client',
    unit: 's',
    better: 'lower',
    formula: "latency − the provider's own total, where it states one",
    needs: ['stamps.terminal', 'serverTiming.totalMs'],
    compute: (turn) => seconds(networkMs(turn)),
  },
  {
    id: 'tokens_per_event',
    label: 'Tokens per event',
    unit: 'tokens',
    better: 'neither',
    formula: 'shown output tokens ÷ content chunks',
    needs: ['usage.output', 'contentChunks'],
    compute: tokensPerChunk,
  },
  {
    id: 'content_chunks',
    label: 'Content chunks',
    unit: 'count',
    better: 'neither',
    formula: 'non-empty fragments received',
    needs: ['contentChunks'],
    compute: (turn) => turn.contentChunks,
  },
  {
    id: 'failed_tries',
    label: 'Retries',
    unit: 'count',
    better: 'lower',
    formula: 'tries of this call that failed and were repeated; never inside TTFT',
    needs: ['failedTries'],
    compute: (turn) => turn.failedTries.length,
  },
  {
    id: 'time_to_stop_s',
    label: 'Time to stop',
    unit: 's',
    better: 'lower',
    formula: 'the instruction changed → the interrupted answer was over for us',
    needs: ['interruption'],
    compute: (turn) => seconds(timeToStopMs(turn)),
  },
  {
    id: 'redirect_ttft_s',
    label: 'Redirect TTFT',
    unit: 's',
    better: 'lower',
    formula: 'the instruction changed → first content of the new answer, stopping and asking anew inside',
    needs: ['interruption.redirected'],
    compute: (turn) => seconds(redirectTtftMs(turn)),
  },
  {
    id: 'wasted_tokens',
    label: 'Wasted tokens',
    unit: 'tokens',
    better: 'lower',
    formula:
      'output tokens of an interrupted answer: as the provider stated them, else characters received ÷ 4 (an estimate)',
    needs: ['interruption'],
    compute: ({ interruption }) => interruption?.wastedTokens,
  },
];
