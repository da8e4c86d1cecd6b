import { aDockerProvider, openBase } from '../../../../support/engine.ts';

/** Opens a sandbox of the run named on the command line, starts a command in it, prints the sandbox's id and waits to be killed. */
const sandbox = await openBase(aDockerProvider(), { run: process.argv[2] ?? 'hold-sandbox' });
const running = sandbox.shell.exec(['sh', '-c', 'setsid sleep 600 & sleep 600']);
console.log(sandbox.id);
await running;
