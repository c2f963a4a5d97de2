import type { AppendedHow } from './ingest-records.js';
import type { ByteBudget } from './byte-budget.js';
import type { RefusedBy } from './connections.js';
import type { CountLimit } from './count-limit.js';
import type { TlsFiles } from './tls-files.js';

/** Whose it is what is sent. */
export interface SyslogOwner {
  tenant: string;
  source: string;
}

/** Whose a sender is, by its certificate. */
export type SyslogClient = SyslogOwner &
  /** SHA-256 of the certificate in hexadecimal, with or without colons: whoever signed it. */
  (
    | { fingerprint: string }
    /** A host's name that stands in the certificate, which one of the trusted authorities signed. */
    | { name: string }
  );

/** A port that belongs to one tenant and source, or on which each sender's certificate says whose it is. */
export type SyslogClients = (SyslogOwner & { clients?: undefined }) | { clients: SyslogClient[] };

/**
 * A port, 0 for any free one. It is the credential: whatever arrives there belongs to this tenant and source; over TLS,
 * certificates may say it instead.
 */
export type SyslogPort = { port: number } & (
  | (SyslogOwner & { transport: 'tcp' | 'udp' | 'tls'; clients?: undefined })
  | { transport: 'tls'; clients: SyslogClient[] }
);

/** As `AddressLimit`. */
interface LimitByAddress {
  enter(remote: string | undefined): boolean;
  leave(remote: string | undefined): void;
}

export interface SyslogPorts {
  append(tenant: string, source: string, events: Buffer[], how?: Pick<AppendedHow, 'truncated'>): Promise<void>;
  bytes: ByteBudget;
  /** Connections of all ports: by tenant, by address, under '*' in all, and by address those that only shake hands. */
  connections: Record<'ofTenant' | 'inAll', CountLimit> & Record<'ofAddress' | 'handshakes', LimitByAddress>;
  /** Hears of each connection that is closed because there are too many. */
  refused?(why: RefusedBy): void;
  /** Needed by ports of TLS. */
  tls?: TlsFiles | undefined;
  /** Any clock of ms that only counts up. */
  now(): number;
  log: { warn(fields: object, message: string): void };
}

/** A running syslog listener; `sweep` is to be called every second. */
export interface SyslogListener {
  port: number;
  sweep(): void;
  close(): Promise<void>;
}
