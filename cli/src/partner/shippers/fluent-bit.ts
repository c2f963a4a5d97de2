import { ndjsonUrl, PASSWORD, protocolOf, TOKEN, type Shipper, type ShipperPlace } from './shipper.js';

const around = (
  secret: string,
  parsed: string,
  output: string,
): string => `# fluent-bit -c vigie.yaml; ${secret} is set in its environment
service:
  flush: 1
  storage.path: /var/lib/fluent-bit
pipeline:
  inputs:
    - name: tail
      path: /var/log/events/*.json  # one event a line, as the vendor writes it
      tag: vigie
      db: /var/lib/fluent-bit/vigie.db
      storage.type: filesystem
${parsed}  outputs:
    - match: vigie
      retry_limit: no_limits
${output}`;

/** A record's own line, byte for byte. */
const kafka = (place: ShipperPlace): string =>
  around(
    PASSWORD,
    '',
    `      name: kafka
      brokers: ${place.brokers.join(',')}
      topics: ${place.topic}
      format: raw
      raw_log_key: log
      rdkafka.security.protocol: ${protocolOf(place)}
      rdkafka.sasl.mechanism: SCRAM-SHA-512
      rdkafka.sasl.username: ${place.username}
      rdkafka.sasl.password: \${${PASSWORD}}
      rdkafka.compression.codec: gzip
      rdkafka.request.required.acks: -1
`,
  );

/** Fluent Bit writes the JSON anew: numbers may come in another notation. */
const http = (place: ShipperPlace): string => {
  const { protocol, hostname, port, pathname } = new URL(ndjsonUrl(place));
  const isTls = protocol === 'https:';
  return around(
    TOKEN,
    '      parser: json  # of parsers.conf, which the packages bring\n',
    `      name: http
      host: ${hostname}
      port: ${port || (isTls ? 443 : 80)}
      uri: ${pathname}
      tls: ${isTls ? 'on' : 'off'}
      format: json_lines
      json_date_key: false
      compress: gzip
      header: Authorization Bearer \${${TOKEN}}
`,
  );
};

export const fluentBit: Shipper = { name: 'fluent-bit', ways: { kafka, http } };
