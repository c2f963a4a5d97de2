import { PASSWORD, protocolOf, type Shipper, type ShipperPlace } from './shipper.js';

const kafka = (place: ShipperPlace): string => `#!/bin/sh
# sh vigie.sh < events.ndjson, one event a line; kcat with librdkafka 2.6.1 or later (older ones cannot log in to Kafka 4)
# ${PASSWORD} is set in the environment; the file it is written to is for you alone
set -eu
umask 077
config=$(mktemp)
trap 'rm -f "$config"' EXIT
cat > "$config" <<END
bootstrap.servers=${place.brokers.join(',')}
security.protocol=${protocolOf(place)}
sasl.mechanism=SCRAM-SHA-512
sasl.username=${place.username}
sasl.password=$${PASSWORD}
compression.codec=gzip
acks=all
END
kcat -F "$config" -P -t ${place.topic}
`;

export const kcat: Shipper = { name: 'kcat', ways: { kafka } };
