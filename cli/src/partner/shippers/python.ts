import { PASSWORD, protocolOf, type Shipper, type ShipperPlace } from './shipper.js';

const kafka = (
  place: ShipperPlace,
): string => `# python publish.py < events.ndjson, one event a line; pip install confluent-kafka
# ${PASSWORD} is set in the environment
import os
import sys

from confluent_kafka import Producer

producer = Producer({
    "bootstrap.servers": "${place.brokers.join(',')}",
    "security.protocol": "${protocolOf(place)}",
    "sasl.mechanism": "SCRAM-SHA-512",
    "sasl.username": "${place.username}",
    "sasl.password": os.environ["${PASSWORD}"],
    "compression.type": "gzip",
    "acks": "all",
})
lost = 0


def told(error, _):
    global lost
    lost += error is not None


for line in sys.stdin.buffer:
    while True:
        try:
            producer.produce("${place.topic}", line.rstrip(b"\\r\\n"), on_delivery=told)
            break
        except BufferError:
            producer.poll(1)
    producer.poll(0)
lost += producer.flush(60)
print(lost, "events were not delivered")
sys.exit(lost > 0)
`;

export const python: Shipper = { name: 'python', ways: { kafka } };
