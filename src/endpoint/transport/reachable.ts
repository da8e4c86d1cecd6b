import { connect } from 'node:net';

const patienceMs = 5000;

/** Why nothing answers at an address (host and port of a URL), or undefined when something does. Sends nothing. */
export const whyUnreachable = (address: string): Promise<string | undefined> => {
  const url = new URL(address);
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  const port = Number(url.port || (secure ? 443 : 80));
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port });
    const settle = (reason: string | undefined): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(patienceMs, () => settle(`no answer from ${url.hostname}:${port} within ${patienceMs / 1000} s`));
    socket.once('connect', () => settle(undefined));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle(`${url.hostname}:${port}: ${error.code ?? error.message}`),
    );
  });
};
