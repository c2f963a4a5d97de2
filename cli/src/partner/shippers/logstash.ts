import { ndjsonUrl, PASSWORD, protocolOf, TOKEN, type Shipper, type ShipperPlace } from './shipper.js';

const around = (
  secret: string,
  output: string,
): string => `# /etc/logstash/conf.d/vigie.conf; ${secret} is in its keystore (bin/logstash-keystore add ${secret}) or environment
input {
  file {
    path => "/var/log/events/*.json"  # one event a line, as the vendor writes it
    codec => plain
  }
}
output {
${output}}
`;

/** The line as it was, without what Logstash adds. */
const kafka = (place: ShipperPlace): string =>
  around(
    PASSWORD,
    `  kafka {
    bootstrap_servers => "${place.brokers.join(',')}"
    topic_id => "${place.topic}"
    codec => plain { format => "%{message}" }
    acks => "all"
    compression_type => "gzip"
    security_protocol => "${protocolOf(place)}"
    sasl_mechanism => "SCRAM-SHA-512"
    sasl_jaas_config => "org.apache.kafka.common.security.scram.ScramLoginModule required username='${place.username}' password='\${${PASSWORD}}';"
  }
`,
  );

const http = (place: ShipperPlace): string =>
  around(
    TOKEN,
    `  http {
    url => "${ndjsonUrl(place)}"
    http_method => "post"
    format => "message"
    message => "%{message}"
    content_type => "application/x-ndjson"
    headers => { "Authorization" => "Bearer \${${TOKEN}}" }
    retryable_codes => [408, 429, 500, 502, 503, 504]
  }
`,
  );

export const logstash: Shipper = { name: 'logstash', ways: { kafka, http } };
