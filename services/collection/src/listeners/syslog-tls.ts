import { constants, X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer, type SecureContextOptions } from 'node:tls';
import { reasonOf } from '#libs/model';
import { Handshakes, peerOf } from './handshakes.js';
import { listening } from './listening.js';
import { SyslogLines } from './syslog-lines.js';
import { ownerOf } from './syslog-clients.js';
import type { SyslogClients, SyslogListener, SyslogPorts } from './syslog-port.js';
import { readTlsFiles, type TlsFiles, type TlsTexts } from './tls-files.js';

/** From one look at the files to the next. */
const FILES_MS = 10_000;

const contextOf = (texts: TlsTexts): SecureContextOptions => ({
  ...texts,
  minVersion: 'TLSv1.2',
  // A session that is resumed would be let in by what was trusted when it began.
  secureOptions: constants.SSL_OP_NO_TICKET,
});

/** Where it says why, and only once, new files are not taken. */
const watchFiles = (
  files: TlsFiles,
  first: TlsTexts,
  { now, log }: SyslogPorts,
  take: (texts: TlsTexts) => void,
): (() => Promise<void>) => {
  let [taken, looked, why] = [JSON.stringify(first), now(), ''];
  return async () => {
    if (now() - looked < FILES_MS) return;
    looked = now();
    try {
      const texts = await readTlsFiles(files);
      why = '';
      if (taken === JSON.stringify(texts)) return;
      taken = JSON.stringify(texts);
      take(texts);
      log.warn({ expires: new X509Certificate(texts.cert).validTo }, 'syslog has a new TLS certificate');
    } catch (error) {
      if (why === reasonOf(error)) return;
      why = reasonOf(error);
      log.warn({ why }, 'changed TLS files of syslog are not taken: what was read before counts');
    }
  };
};

/** Syslog over TLS (RFC 5425, and lines): the port, or the sender's certificate, says whose it is. */
export const listenTls = async (
  at: SyslogClients & { port: number },
  host: string,
  ports: SyslogPorts,
): Promise<SyslogListener> => {
  const files = ports.tls;
  if (!files) throw new Error(`syslog over TLS at port ${at.port} has no certificate`);
  const where = at.clients ? { port: at.port } : { tenant: at.tenant, source: at.source };
  const asksCertificate = Boolean(files.clientCa);
  const lines = new SyslogLines(where, ports);
  const handshakes = new Handshakes(ports);
  const texts = await readTlsFiles(files);
  const server = createServer({
    ...contextOf(texts),
    requestCert: asksCertificate || at.clients !== undefined,
    // Who is let in is decided by `ownerOf`, which says why not.
    rejectUnauthorized: false,
  });
  server
    .on('connection', (socket: Socket) => {
      if (lines.admit(socket)) handshakes.begin(socket);
    })
    .on('tlsClientError', (error) => handshakes.fail(error.message))
    .on('secureConnection', (socket) => {
      handshakes.end(peerOf(socket));
      socket.disableRenegotiation();
      const owner = ownerOf(at, socket, asksCertificate);
      if ('tenant' in owner) return lines.hear(socket, owner);
      handshakes.fail(owner.why);
      socket.on('error', () => undefined).destroy();
    });
  const look = watchFiles(files, texts, ports, (changed) => server.setSecureContext(contextOf(changed)));
  return {
    port: await listening(server, at.port, host),
    sweep: () => {
      lines.sweep();
      handshakes.sweep(where);
      void look();
    },
    close: () => lines.close(server),
  };
};
