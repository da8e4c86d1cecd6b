import { mean } from '../sample/moments.ts';
import { quantile } from '../sample/quantile.ts';
import type { Stopped, TrialFacts } from '../trial-facts.ts';
import { type Metric, seconds } from './metric.ts';

type Trials = readonly TrialFacts[];

/** Over every answer that was stopped: what stopping is like does not hang on what the trial came to. */
const stoppedOf = (trials: Trials, read: (stopped: Stopped) => number | undefined): readonly number[] =>
  trials.flatMap(({ stopped }) => stopped.flatMap((one) => read(one) ?? []));

/** What a change of the instruction midway costs a contender; nothing where none of its answers was stopped. */
export const steeringMetrics: readonly (Metric<Trials> & { readonly group: 'steered' })[] = [
  {
    id: 'time_to_stop_median_s',
    group: 'steered',
    label: 'Time to stop',
    unit: 's',
    better: 'lower',
    formula: 'median over stopped answers of: the instruction changed → the old answer was over',
    needs: ['turns.interruption'],
    compute: (trials) =>
      seconds(
        quantile(
          stoppedOf(trials, ({ stopMs }) => stopMs),
          0.5,
        ),
      ),
  },
  {
    id: 'redirect_ttft_median_s',
    group: 'steered',
    label: 'Redirect TTFT',
    unit: 's',
    better: 'lower',
    formula: 'median over stopped answers of: the instruction changed → first content of the new answer',
    needs: ['turns.interruption.redirected'],
    compute: (trials) =>
      seconds(
        quantile(
          stoppedOf(trials, ({ redirectMs }) => redirectMs),
          0.5,
        ),
      ),
  },
  {
    id: 'wasted_tokens_mean',
    group: 'steered',
    label: 'Wasted tokens',
    unit: 'tokens',
    better: 'lower',
    formula:
      'mean over stopped answers of their output tokens; by characters, an estimate, where the server states none',
    needs: ['turns.interruption.wastedTokens'],
    compute: (trials) => mean(stoppedOf(trials, ({ wastedTokens }) => wastedTokens)),
  },
];
