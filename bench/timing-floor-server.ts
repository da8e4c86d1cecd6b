import { type AddressInfo, createServer } from 'node:net';
import { systemClock } from '../src/run/metering/clock.ts';

/** Answers whatever it reads 100 ms later with when it was read and when the answer was written. */
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => {
    const received = systemClock.now();
    const due = received + 100e6;
    // The last millisecond is polled, as the simulator does: no timer is that exact.
    const answer = (): void => {
      const now = systemClock.now();
      if (now >= due) socket.write(`${received} ${now}\n`);
      else if (due - now < 1e6) setImmediate(answer);
      else setTimeout(answer, Math.max(1, Math.floor((due - now) / 1e6)));
    };
    answer();
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
