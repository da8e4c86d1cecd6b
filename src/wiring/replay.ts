import { UserError } from '../domain/errors.ts';
import type { RecordedStream } from '../domain/model/recorded-stream.ts';
import { suggest } from '../domain/suggest.ts';
import type { Config, EndpointConfig } from '../run/config/schema.ts';
import { readStreams } from '../store/streams.ts';

/** A recorded endpoint, ready to be played back. */
export type Replay = {
  readonly streams: readonly RecordedStream[];
  readonly about: Pick<RecordedStream, 'model' | 'simulated' | 'protocol'> & { readonly transports: readonly string[] };
  /** How many times as fast as it was; infinite: at once. */
  readonly speed: number;
};

const speedOf = (speed: EndpointConfig['speed']): number => {
  if (speed === undefined || speed === 'original') return 1;
  return speed === 'instant' ? Number.POSITIVE_INFINITY : Number.parseFloat(speed);
};

/** Which of the recorded endpoints is meant; a recording of several needs a word. */
const recordedEndpoint = (id: string, wanted: string | undefined, known: readonly string[]): string => {
  const [first = ''] = known;
  if (wanted === undefined && known.length === 1) return first;
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  const meant = wanted === undefined ? undefined : suggest(wanted, known);
  throw new UserError(
    wanted === undefined
      ? `endpoint \`${id}\` replays a recording of several endpoints`
      : `endpoint \`${id}\` replays \`${wanted}\`, which was not recorded`,
    {
      fix: `${meant === undefined ? '' : `did you mean \`${meant}\`? `}say which with \`recorded_endpoint:\`, one of ${known.join(', ')}`,
    },
  );
};

const loadReplay = async (id: string, path: string, config: EndpointConfig): Promise<Replay> => {
  const all = await readStreams(path);
  const endpoint = recordedEndpoint(id, config.recorded_endpoint, [...new Set(all.map((stream) => stream.endpoint))]);
  const streams = all.filter((stream) => stream.endpoint === endpoint);
  const [first] = streams;
  if (first === undefined || streams.some(({ protocol }) => protocol !== first.protocol))
    throw new UserError(`the recording of \`${endpoint}\` mixes protocols`, {
      where: path,
      fix: 'give the streams.jsonl of one of them',
    });
  const { model, simulated, protocol } = first;
  const transports = [...new Set(streams.map(({ transport }) => transport))];
  return { streams, about: { model, simulated, protocol, transports }, speed: speedOf(config.speed) };
};

/** The recordings that a configuration replays, by endpoint. */
export const loadReplays = async (endpoints: Config['endpoints']): Promise<ReadonlyMap<string, Replay>> => {
  const loaded = await Promise.all(
    Object.entries(endpoints).flatMap(([id, config]) =>
      config.replay === undefined
        ? []
        : [loadReplay(id, config.replay, config).then((replay): readonly [string, Replay] => [id, replay])],
    ),
  );
  return new Map(loaded);
};
