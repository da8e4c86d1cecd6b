import { UserError } from '../../../domain/errors.ts';

export type TlsFiles = { readonly folder: string; readonly verify: boolean };

/** Where an engine may listen. */
export type EngineAddress =
  | { readonly kind: 'socket'; readonly text: string; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly text: string;
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsFiles | undefined;
    };

const defaultPort = { plain: 2375, tls: 2376 };

const tcpAddress = (text: string, tls: TlsFiles | undefined): EngineAddress => {
  const url = URL.parse(text.replace(/^(tcp|https?):/, 'http:'));
  if (url === null || url.hostname === '')
    throw new UserError(`${text} is not the address of an engine`, {
      where: 'DOCKER_HOST',
      fix: 'write it as unix:///path/to/docker.sock or tcp://host:2375',
    });
  const secured = tls ?? (text.startsWith('https:') ? { folder: '', verify: true } : undefined);
  // URL hides port 80 of http:; an engine never listens there unless it was written out.
  const written = /:(\d+)\/?$/.exec(text)?.[1] ?? (secured === undefined ? defaultPort.plain : defaultPort.tls);
  return { kind: 'tcp', text, host: url.hostname, port: Number(written), tls: secured };
};

/**
 * Reads an address as DOCKER_HOST and contexts hold it: unix, npipe, tcp, http(s), or a bare host:port.
 * Throws UserError on ssh, which needs a program on both sides, and on what is no address.
 */
export const parseAddress = (text: string, tls?: TlsFiles): EngineAddress => {
  if (text.startsWith('unix://'))
    return { kind: 'socket', text, path: text.slice('unix://'.length) || '/var/run/docker.sock' };
  if (text.startsWith('npipe://'))
    return { kind: 'socket', text, path: text.slice('npipe://'.length) || '//./pipe/docker_engine' };
  if (text.startsWith('/')) return { kind: 'socket', text: `unix://${text}`, path: text };
  if (text.startsWith('ssh://'))
    throw new UserError(`engines over ssh are not supported (${text})`, {
      where: 'DOCKER_HOST or the current docker context',
      fix: `forward the socket: ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock ${text.slice('ssh://'.length)} & export DOCKER_HOST=unix:///tmp/engine.sock`,
    });
  return tcpAddress(text.includes('://') ? text : `tcp://${text}`, tls);
};
