import WebSocket from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: what a server sent is looked at field by field.
type Event = any;

/** A raw WebSocket client that keeps every event with the time of its arrival. */
export const openSocket = async (url: string, headers: Record<string, string> = {}, perMessageDeflate = false) => {
  const socket = new WebSocket(url.replace('http', 'ws'), { headers, perMessageDeflate });
  const events: Event[] = [];
  const arrivals: number[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  let closed: { code: number } | undefined;
  let refused: number | undefined;
  socket.on('message', (data) => {
    arrivals.push(Number(process.hrtime.bigint()));
    events.push(JSON.parse(String(data)));
    tell();
  });
  socket.on('close', (code) => {
    closed = { code };
    tell();
  });
  socket.on('error', () => {});
  await new Promise<void>((resolve) => {
    socket.once('open', () => resolve());
    socket.once('unexpected-response', (_, response) => {
      refused = response.statusCode;
      response.resume();
      resolve();
    });
  });
  /** Resolves with the first event from `start` on that fits, or with undefined when the socket closes before. */
  const next = (fits: (event: Event) => boolean, start = 0) =>
    new Promise<Event | undefined>((resolve) => {
      const look = () => {
        const found = events.slice(start).find(fits);
        if (found === undefined && closed === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  return {
    socket,
    events,
    arrivals,
    next,
    refused: () => refused,
    closed: () => closed,
    send: (event: object) => socket.send(JSON.stringify(event)),
    /** Sends response.create and waits for the response's end (or the error). */
    create: async (body: object) => {
      const start = events.length;
      socket.send(JSON.stringify({ type: 'response.create', ...body }));
      return next((event) => /^(response\.(completed|incomplete|failed)|error)$/.test(event.type), start);
    },
  };
};
