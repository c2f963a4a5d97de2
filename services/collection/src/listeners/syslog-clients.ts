import type { X509Certificate } from 'node:crypto';
import type { SyslogClients, SyslogOwner } from './syslog-port.js';

/** What is known of a sender once it has shown that it holds the key of its certificate. */
export interface TlsPeer {
  /** An authority that is trusted signed its certificate, which is valid now. */
  authorized: boolean;
  authorizationError?: unknown;
  getPeerX509Certificate(): X509Certificate | undefined;
}

const digits = (fingerprint: string): string => fingerprint.replaceAll(':', '').toLowerCase();

/** Whose what this sender sends is, or why nobody's. @param asks whether senders need a certificate that is trusted. */
export const ownerOf = (at: SyslogClients, peer: TlsPeer, asks: boolean): SyslogOwner | { why: string } => {
  const certificate = peer.getPeerX509Certificate();
  if (!at.clients) {
    if (!asks || peer.authorized) return { tenant: at.tenant, source: at.source };
    return {
      why: certificate
        ? `its certificate is not trusted: ${String(peer.authorizationError)}`
        : 'it showed no certificate',
    };
  }
  if (!certificate) return { why: 'it showed no certificate' };
  const known = at.clients.find((client) =>
    'fingerprint' in client
      ? digits(client.fingerprint) === digits(certificate.fingerprint256)
      : peer.authorized && certificate.checkHost(client.name, { wildcards: false }) !== undefined,
  );
  if (known) return { tenant: known.tenant, source: known.source };
  return { why: `no client is said to have the certificate ${certificate.fingerprint256}` };
};
