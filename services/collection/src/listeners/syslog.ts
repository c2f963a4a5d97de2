import type { SyslogListener, SyslogPort, SyslogPorts } from './syslog-port.js';
import { listenTcp } from './syslog-tcp.js';
import { listenTls } from './syslog-tls.js';
import { listenUdp } from './syslog-udp.js';

/**
 * Listens on one syslog port (RFC 5424 and 3164 alike: the header is the source's business).
 * @throws Error with a sentence when its TLS files cannot be used.
 */
export const syslogListener = async (at: SyslogPort, host: string, ports: SyslogPorts): Promise<SyslogListener> => {
  if (at.transport === 'tls') return listenTls(at, host, ports);
  return at.transport === 'tcp' ? listenTcp(at, host, ports) : listenUdp(at, host, ports);
};
