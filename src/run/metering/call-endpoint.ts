import { type CallOptions, callModel } from '../../endpoint/call-model.ts';
import type { ModelEndpoint } from '../../endpoint/endpoint.ts';
import type { CallModel } from './metered-tools.ts';

/** An endpoint as a trial calls it: retried and rate-limited, its turn told even when the call fails. */
export const callEndpoint =
  (endpoint: ModelEndpoint, options: Omit<CallOptions, 'signal'>): CallModel =>
  async (request, { signal, onTurn }) => {
    const call = await callModel(endpoint, request, { ...options, signal });
    if (call.turn !== undefined) onTurn({ turn: call.turn, timeline: call.timeline });
    if (call.outcome !== 'complete') throw call.error;
    return { ...call.reply, turn: call.turn };
  };
