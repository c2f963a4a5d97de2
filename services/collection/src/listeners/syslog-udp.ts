import { createSocket } from 'node:dgram';
import { dropsOf, readSockets } from './kernel-drops.js';
import type { SyslogListener, SyslogOwner, SyslogPorts } from './syslog-port.js';

/** What a datagram takes besides its bytes until Kafka has it: each is a record of its own. */
const RECORD_BYTES = 1_024;
/** Asked of the kernel, which gives as much of it as `net.core.rmem_max` permits: what comes in a burst waits there. */
const RECEIVE_BYTES = 8 * 1024 * 1024;

/** Tells what the kernel dropped at a port since it was last asked. */
const dropsAt = (port: number, owner: SyslogOwner, log: SyslogPorts['log']): (() => Promise<void>) => {
  let known = 0;
  return async () => {
    const now = dropsOf(await readSockets(), port);
    const dropped = now - known;
    known = now;
    if (dropped > 0)
      log.warn(
        { ...owner, dropped },
        'syslog datagrams were dropped by the kernel: they came faster than they were read',
      );
  };
};

/** Syslog over UDP. What is lost is counted, as far as anybody knows. */
export const listenUdp = async (
  { port, tenant, source }: SyslogOwner & { port: number },
  host: string,
  ports: SyslogPorts,
): Promise<SyslogListener> => {
  const socket = createSocket({ type: 'udp4', recvBufferSize: RECEIVE_BYTES });
  let lost = 0;
  socket.on('message', (datagram) => {
    const held = ports.bytes.allot(tenant);
    if (datagram.length === 0) return;
    if (!held.take(datagram.length + RECORD_BYTES)) {
      lost += 1;
      return;
    }
    ports
      .append(tenant, source, [datagram])
      .catch(() => {
        lost += 1;
      })
      .finally(() => held.leave());
  });
  await new Promise<void>((done, fail) => {
    socket.once('error', fail).bind(port, host, done);
  });
  const bound = socket.address().port;
  const countDropped = dropsAt(bound, { tenant, source }, ports.log);
  return {
    port: bound,
    sweep: () => {
      void countDropped();
      if (lost > 0)
        ports.log.warn(
          { tenant, source, lost },
          'syslog datagrams were lost: there was no room, or Kafka did not take them',
        );
      lost = 0;
    },
    close: () =>
      new Promise((closed) => {
        socket.close(() => closed());
      }),
  };
};
