import { atMost, figure, type Measure, printMeasures } from './measures.ts';
import { openTacho } from './timing/clients.ts';
import { runLoad, worstAt } from './timing/load.ts';

/** The simulator keeps its word, and the client agrees with what the simulator says that it wrote: one stream. */
const measure = async (tokensPerSecond: number): Promise<readonly Measure[]> => {
  const found = await runLoad(
    { tokensPerSecond, streams: 1, tokensPerCall: tokensPerSecond, callsPerStream: 10 },
    openTacho,
  );
  const name = `simulator ${tokensPerSecond}`;
  return [
    atMost(`${name} rate-error-worst`, 100 * worstAt(found.serverErrors, 1), { unit: '%', bound: 1 }),
    atMost(`${name} client-decode-error-worst`, 100 * worstAt(found.decodeErrors, 1), { unit: '%', bound: 1 }),
    atMost(`${name} client-ttft-error-p50`, worstAt(found.roundTripsMs, 0.5), { unit: 'ms', bound: 2 }),
    figure(`${name} client-ttft-error-p99`, worstAt(found.roundTripsMs, 0.99), 'ms'),
  ];
};

printMeasures(
  [...(await measure(1000)), ...(await measure(3000))],
  'The simulator against the rate asked for, and our client against the simulator',
);
