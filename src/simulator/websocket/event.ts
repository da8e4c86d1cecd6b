import { z } from 'zod';
import { invalidRequest, type Problem, RequestProblem } from '../protocol/protocol.ts';

const laneSchema = z.string().regex(/^[A-Za-z0-9_.-]{1,256}$/);

const eventSchema = z.looseObject({ type: z.string(), stream_id: z.string().optional() });

const steerSchema = z.strictObject({
  type: z.literal('response.steer'),
  previous_response_id: z.string(),
  input: z.unknown(),
  stream_id: z.string().optional(),
});

export type ClientEvent = { readonly type: string; readonly lane: string | undefined; readonly body: unknown };
export type SteerEvent = z.output<typeof steerSchema>;

/** Reads a client's event; throws RequestProblem for what is none. */
export const readEvent = (text: string): ClientEvent => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalidRequest('The event is not JSON.');
  }
  const result = eventSchema.safeParse(body);
  if (!result.success) throw invalidRequest('The event has no type.');
  const { type, stream_id: lane } = result.data;
  if (lane !== undefined && !laneSchema.safeParse(lane).success) {
    throw new RequestProblem({
      status: 400,
      type: 'invalid_request_error',
      code: 'invalid_stream_id',
      message: 'stream_id must be 1 to 256 characters of A-Z, a-z, 0-9, "_", "." and "-".',
      param: 'stream_id',
    });
  }
  return { type, lane, body };
};

/** Reads a `response.steer` event, which accepts three fields and no more. */
export const readSteer = (body: unknown): SteerEvent => {
  const result = steerSchema.safeParse(body);
  if (!result.success) throw invalidRequest(`response.steer: ${result.error.issues[0]?.message}`);
  return result.data;
};

/** The wrapped shape of an error: the refusal of a request, with the status and headers HTTP would have had. */
export const refusalEvent = ({ status, type, code, message, param, headers }: Problem) => ({
  data: JSON.stringify({ type: 'error', status, error: { type, code, message, param: param ?? null, headers } }),
});
