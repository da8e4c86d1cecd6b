import pLimit from 'p-limit';
import { RequestProblem } from '../protocol/protocol.ts';

const lanesPerConnection = 32;
const responsesInFlight = 16;

/** The lanes of one connection: in order within a lane, side by side between lanes, so many in flight in all. */
export class Lanes {
  readonly #tails = new Map<string | undefined, Promise<void>>();
  readonly #limit = pLimit(responsesInFlight);

  /** Runs a task when its lane is free; tells it whether it had to wait. Throws RequestProblem for one lane too many. */
  run(lane: string | undefined, task: (waited: boolean) => Promise<void>): void {
    const before = this.#tails.get(lane);
    if (before === undefined && lane !== undefined && this.#tails.size >= lanesPerConnection) {
      throw new RequestProblem({
        status: 400,
        type: 'invalid_request_error',
        code: 'websocket_stream_limit_reached',
        message: `A connection has at most ${lanesPerConnection} lanes.`,
      });
    }
    const waits = before !== undefined && this.#busy.has(lane);
    this.#busy.set(lane, (this.#busy.get(lane) ?? 0) + 1);
    const run = async () => {
      await before;
      const isFull = this.#limit.activeCount >= responsesInFlight;
      await this.#limit(() => task(waits || isFull));
      this.#leave(lane);
    };
    this.#tails.set(lane, run());
  }

  readonly #busy = new Map<string | undefined, number>();

  #leave(lane: string | undefined): void {
    const left = (this.#busy.get(lane) ?? 1) - 1;
    if (left > 0) this.#busy.set(lane, left);
    else this.#busy.delete(lane);
  }
}
