import { createServer } from 'node:net';
import { listening } from './listening.js';
import { SyslogLines } from './syslog-lines.js';
import type { SyslogListener, SyslogOwner, SyslogPorts } from './syslog-port.js';

/** Syslog over TCP: the port says whose it is. */
export const listenTcp = async (
  { port, tenant, source }: SyslogOwner & { port: number },
  host: string,
  ports: SyslogPorts,
): Promise<SyslogListener> => {
  const lines = new SyslogLines({ tenant, source }, ports);
  const server = createServer({ noDelay: true }, (socket) => {
    if (lines.admit(socket)) lines.hear(socket, { tenant, source });
  });
  return {
    port: await listening(server, port, host),
    sweep: () => lines.sweep(),
    close: () => lines.close(server),
  };
};
