import { PASSWORD, type Shipper, type ShipperPlace } from './shipper.js';

/** The line as it was, without what Filebeat adds. */
const kafka = ({
  brokers,
  topic,
  username,
  tls,
}: ShipperPlace): string => `# filebeat.yml; ${PASSWORD} is in its keystore (filebeat keystore add ${PASSWORD}) or environment
filebeat.inputs:
  - type: filestream
    id: vigie-events
    paths: ["/var/log/events/*.json"]  # one event a line, as the vendor writes it
output.kafka:
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
`;

export const filebeat: Shipper = { name: 'filebeat', ways: { kafka } };
