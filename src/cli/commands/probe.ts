import type { Command } from 'commander';
import { UserError } from '../../domain/errors.ts';
import { probeCalibration } from '../probe/calibrate.ts';
import { probeLatency } from '../probe/latency.ts';
import { probeReplay } from '../probe/replay.ts';
import type { ProbeOptions } from '../probe/session/options.ts';
import { probeSteering } from '../probe/steer.ts';
import type { CommandContext, RegisterCommand } from '../program.ts';

const withTarget = (command: Command): Command =>
  command
    .option('-c, --config <file>', 'configuration whose endpoints are probed', 'tacho.yaml')
    .option('-e, --endpoint <id...>', 'only these endpoints of it')
    .option('--url <address>', 'an endpoint without a configuration: its base address, with --model')
    .option('--model <name>', 'the model name that endpoint knows')
    .option('--protocol <name>', 'chat-completions, responses or messages')
    .option('--key-env <variable>', 'environment variable that holds its key')
    .option('--simulate <profile>', 'a profile of the simulator instead')
    .option('--transports <list>', 'sse,websocket or configured (default: all that the protocol has)')
    .option('--effort <word>', 'reasoning effort, as the endpoint names it');

const withSizes = (command: Command): Command =>
  command
    .option('--prompt-tokens <list>', 'prompt sizes, or none', '100,1k,8k')
    .option('--output-tokens <list>', 'answer sizes, or none', '64,512')
    .option('--concurrency <list>', 'calls at once, or none', '4,16')
    .option('--rounds <number>', 'times that every cell is visited', '8')
    .option('--engine-rate <number>', "tokens/s of the engine itself, where the endpoint's answers do not state it");

const withReplay = (command: Command): Command =>
  command
    .option('--replay <run>', 'hold the conversations of a run again instead, turn by turn')
    .option('--contender <name>', 'only the conversations of this contender of it')
    .option('--agents <list>', 'agents at once', '1,2,4,8')
    .option('--pauses <scale>', 'time for the recorded tools: recorded, none or a factor such as 0.5x', 'recorded')
    .option('--jobs <number>', 'at most so many conversations');

type Workload = (options: ProbeOptions, context: CommandContext) => Promise<void>;

/** One probe measures one thing. Throws UserError where two are asked for. */
const chosen = ({ calibrate, steer, replay }: ProbeOptions): Workload => {
  const asked: readonly (readonly [string, boolean, Workload])[] = [
    ['--calibrate', calibrate === true, probeCalibration],
    ['--steer', steer === true, probeSteering],
    ['--replay', replay !== undefined, probeReplay],
  ];
  const wanted = asked.filter(([, isAsked]) => isAsked);
  if (wanted.length > 1)
    throw new UserError(`${wanted.map(([flag]) => flag).join(' and ')} are probes of different things`, {
      fix: 'give one of them',
    });
  return wanted[0]?.[2] ?? probeLatency;
};

/** `tacho probe`: benchmarks of endpoints, without tasks and without a sandbox. */
export const registerProbe: RegisterCommand = (program, context) => {
  const command = program
    .command('probe')
    .description('measure endpoints without tasks: round trip, TTFT, time per token, SSE against WebSocket');
  withReplay(withSizes(withTarget(command)))
    .option('--steer', 'interrupt answers midway instead, and ask for something else')
    .option('--steer-after <number>', 'output tokens of an answer after which the instruction changes', '100')
    .option('--calibrate', "measure Tacho's own clock instead, against the simulator's write stamps")
    .option('--seed <number>', 'order of the calls and words of the prompts')
    .option('--record', 'keep the streams, to be replayed')
    .option('-r, --results <folder>', 'where probes are kept', 'results')
    .option('--json', 'print one object instead of tables')
    .action(async (options: ProbeOptions) => chosen(options)(options, context));
};
