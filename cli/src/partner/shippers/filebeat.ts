import { PASSWORD, TOKEN, type Shipper, type ShipperPlace } from './shipper.js';

const around = (
  secret: string,
  output: string,
): string => `# filebeat.yml; ${secret} is in its keystore (filebeat keystore add ${secret}) or environment
filebeat.inputs:
  - type: filestream
    id: vigie-events
    paths: ["/var/log/events/*.json"]  # one event a line, as the vendor writes it
${output}`;

/** The line as it was, without what Filebeat adds. */
const kafka = ({ brokers, topic, username, tls }: ShipperPlace): string =>
  around(
    PASSWORD,
    `output.kafka:
  hosts: [${brokers.map((broker) => `"${broker}"`).join(', ')}]
  topic: ${topic}
  codec.format.string: "%{[message]}"
  username: ${username}
  password: "\${${PASSWORD}}"
  sasl.mechanism: SCRAM-SHA-512
  ssl.enabled: ${tls}
  required_acks: -1
  compression: gzip
  max_message_bytes: 1000000
`,
  );

/** As Filebeat sends to Elasticsearch; without a port in the URL it would ask at 9200. */
const http = ({ url, source }: ShipperPlace): string => {
  const { protocol, hostname, port, pathname } = new URL(url);
  const host = `${protocol}//${hostname}:${port || (protocol === 'https:' ? 443 : 80)}${pathname.replace(/\/$/, '')}`;
  return around(
    TOKEN,
    `output.elasticsearch:
  hosts: ["${host}"]
  headers: { Authorization: "Bearer \${${TOKEN}}", X-Vigie-Source: ${source} }
  compression_level: 5
setup.template.enabled: false
setup.ilm.enabled: false
`,
  );
};

export const filebeat: Shipper = { name: 'filebeat', ways: { kafka, http } };
