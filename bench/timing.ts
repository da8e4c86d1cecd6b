import { takePrecedence } from '../src/run/metering/precedence.ts';
import { figure, type Measure, printMeasures } from './measures.ts';
import { cases, rows } from './timing/cases.ts';
import { type OpenClient, openOpenAi, openTacho } from './timing/clients.ts';
import { measureFloor } from './timing/floor.ts';
import { runLoad, worstAt } from './timing/load.ts';

const measure = async (client: string, open: OpenClient, isBounded: boolean): Promise<readonly Measure[]> => {
  const measures: Measure[] = [];
  for (const { load, bounds } of cases) {
    const found = await runLoad(load, open);
    measures.push(
      ...rows(`${client} ${load.streams}x${load.tokensPerSecond}`, load, {
        found,
        bounds: isBounded ? bounds : undefined,
      }),
    );
  }
  return measures;
};

/** Bare sockets on this machine, now: no client can be better, and a busy machine shows here. */
const floor = async (): Promise<readonly Measure[]> => {
  const { thereMs, backMs } = await measureFloor(40);
  return [
    figure('bare-sockets there-p50', worstAt(thereMs, 0.5), 'ms'),
    figure('bare-sockets back-p50', worstAt(backMs, 0.5), 'ms'),
    figure('bare-sockets back-p99', worstAt(backMs, 0.99), 'ms'),
  ];
};

await using _precedence = await takePrecedence(process.env);
printMeasures(
  [
    ...(await floor()),
    ...(await measure('tacho', openTacho, true)),
    ...(await measure('openai-sdk', openOpenAi, false)),
  ],
  "What a client read against the simulator's own stamps",
);
