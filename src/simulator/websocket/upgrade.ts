import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { findFault } from '../fault/fault.ts';
import { readFaultHeader } from '../fault/header.ts';
import type { ConnectionGate } from '../http/gate.ts';
import { simulatedHeaders } from '../http/respond.ts';
import { splitPath } from '../http/routes.ts';
import type { Profile } from '../profile.ts';
import type { Stage } from '../stage.ts';
import { ResponsesConnection } from './connection.ts';

const refuse = (socket: Duplex, status: number): void => {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nx-tacho-simulated: true\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  );
};

/** The status with which an upgrade is refused; before the first event only the path can name a profile. */
const refusalOf = (incoming: IncomingMessage, profile: Profile | undefined): number | undefined => {
  const faults = [...readFaultHeader(incoming.headers['x-simulate-fault']), ...(profile?.faults ?? [])];
  const refused = findFault(faults, 'upgrade_refused');
  if (refused !== undefined) return refused.status;
  return profile?.websocket.accept === false ? 426 : undefined;
};

/** Takes WebSocket upgrades on the Responses API's path. */
export const upgradeHandler = (stage: Stage, gate: ConnectionGate) => {
  const servers = [false, true].map(
    (perMessageDeflate) => new WebSocketServer({ noServer: true, perMessageDeflate, maxPayload: 64 * 1024 * 1024 }),
  );
  for (const server of servers) {
    server.on('headers', (headers) => {
      for (const [name, value] of Object.entries(simulatedHeaders)) headers.push(`${name}: ${value}`);
    });
  }
  return (incoming: IncomingMessage, raw: Duplex, head: Buffer): void => {
    const { path, profileName } = splitPath(incoming.url);
    const profile = stage.profiles.find((candidate) => candidate.name === profileName);
    if (path !== '/v1/responses') {
      refuse(raw, 404);
      return;
    }
    const status = refusalOf(incoming, profile);
    if (status !== undefined) {
      refuse(raw, status);
      return;
    }
    const server = servers[profile?.websocket.deflate === true ? 1 : 0];
    server?.handleUpgrade(incoming, raw, head, (socket) => {
      new ResponsesConnection({ stage, gate, socket, upgrade: incoming, profileName });
    });
  };
};
