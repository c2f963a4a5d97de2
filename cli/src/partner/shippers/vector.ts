import { ndjsonUrl, PASSWORD, TOKEN, type Shipper, type ShipperPlace } from './shipper.js';

/** Lines as they are: `text` sends an event's message, without what Vector adds. */
const around = (
  secret: string,
  sink: string,
): string => `# vector --config vigie.yaml; ${secret} is set in its environment
sources:
  vigie_events:
    type: file
    include: ["/var/log/events/*.json"]  # one event a line, as the vendor writes it
sinks:
  vigie:
    inputs: [vigie_events]
${sink}    encoding: { codec: text }
    acknowledgements: { enabled: true }  # a file's place moves on when the events have arrived
    buffer: { type: disk, max_size: 1073741824, when_full: block }
`;

const http = (place: ShipperPlace): string =>
  around(
    TOKEN,
    `    type: http
    uri: ${ndjsonUrl(place)}
    method: post
    compression: gzip
    framing: { method: newline_delimited }
    auth: { strategy: bearer, token: "\${${TOKEN}}" }
    batch: { max_bytes: 4000000, timeout_secs: 1 }
`,
  );

const kafka = ({ brokers, topic, username, tls }: ShipperPlace): string =>
  around(
    PASSWORD,
    `    type: kafka
    bootstrap_servers: ${brokers.join(',')}
    topic: ${topic}
    compression: gzip
    sasl: { enabled: true, mechanism: SCRAM-SHA-512, username: ${username}, password: "\${${PASSWORD}}" }
    tls: { enabled: ${tls} }
`,
  );

export const vector: Shipper = { name: 'vector', ways: { http, kafka } };
