import { createSocket } from 'node:dgram';
import { ByteBudget } from '../../services/collection/src/listeners/byte-budget.js';
import { CountLimit } from '../../services/collection/src/listeners/count-limit.js';
import { syslogListener } from '../../services/collection/src/listeners/syslog.js';
import type { Attack } from './attack.js';

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Datagrams held for Kafka, which takes none, of so many that were sent. */
const heldOf = async (count: number, bytes: number): Promise<number> => {
  let held = 0;
  const one = new CountLimit(1);
  const listening = await syslogListener({ port: 0, transport: 'udp', tenant: 'acme', source: 'edge' }, '127.0.0.1', {
    append: (_tenant, _source, events) => {
      held += events.length;
      return new Promise(() => undefined);
    },
    bytes: new ByteBudget(1024 * 1024),
    connections: { ofTenant: one, ofAddress: one, handshakes: one, inAll: one },
    now: () => 0,
    log: { warn: () => undefined },
  });
  const socket = createSocket('udp4');
  for (let index = 0; index < count; index += 1) {
    await new Promise((sent) => {
      socket.send(Buffer.alloc(bytes, 'a'), listening.port, '127.0.0.1', sent);
    });
    // Else the machine's own buffer would be what bounds them.
    if (index % 50 === 49) await pause(1);
  }
  await pause(300);
  socket.close();
  await listening.close();
  return held;
};

/** Datagrams of a byte each, while Kafka is slow: each is a record that waits, and their bytes are nothing. */
export const datagramsWithoutNumber: Attack = {
  name: 'datagrams-without-number',
  line: 11,
  control: async () => (await heldOf(20, 100)) === 20,
  attack: async () => ((await heldOf(3_000, 1)) > 300 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/collection/src/listeners/syslog-udp.ts',
    find: 'held.take(datagram.length + RECORD_BYTES)',
    replace: 'held.take(Math.min(RECORD_BYTES, datagram.length))',
  },
};
