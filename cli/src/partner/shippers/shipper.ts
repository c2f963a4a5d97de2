/**
 * Ready configuration of what partners run. To add a shipper: `<name>.ts` that exports a Shipper, and a line in the
 * sorted list of `index.ts`; a test looks through all of them.
 *
 * No text holds a secret: it names PASSWORD or TOKEN, variables of the shipper's environment, which a file of mode 0600
 * sets (`EnvironmentFile=` of systemd, a Secret of Kubernetes). Nothing secret is on a command line.
 */

/** The Kafka user's password, and the bearer token, as the shipper's environment names them. */
export const PASSWORD = 'VIGIE_PASSWORD';
export const TOKEN = 'VIGIE_TOKEN';

/** How events come in: over HTTP (NDJSON, OTLP or Elasticsearch's bulk API), Kafka, or syslog over TCP or TLS. */
export type ShipperWay = 'http' | 'kafka' | 'tcp' | 'tls';

/** Where a source's events go. */
export interface ShipperPlace {
  source: string;
  /** The base of collection's HTTP listeners. */
  url: string;
  topic: string;
  username: string;
  brokers: readonly string[];
  /** Whether the brokers are reached by TLS. */
  tls: boolean;
  /** `host:port` of the source's syslog listener. */
  syslog: string;
  /** Path, on the shipper's machine, of the certificate that vouches for the syslog listener. */
  syslogCa: string;
}

/** A text of configuration for each way a shipper takes, the one to prefer first. */
export interface Shipper {
  name: string;
  ways: Partial<Record<ShipperWay, (place: ShipperPlace) => string>>;
}

/** Kafka's name for how a partner is let in. */
export const protocolOf = ({ tls }: ShipperPlace): string => (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT');

/** Where NDJSON is posted. */
export const ndjsonUrl = ({ url, source }: ShipperPlace): string => `${url}/v1/ingest/${source}`;
