"""Sends numbered lines with confluent-kafka in its default configuration and says which the broker has: `compression
topic brokers username count`, the password in VIGIE_PASSWORD."""

import os
import sys
import time

from confluent_kafka import Producer

compression, topic, brokers, username, count = sys.argv[1:]
producer = Producer(
    {
        "bootstrap.servers": brokers,
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": username,
        "sasl.password": os.environ["VIGIE_PASSWORD"],
        "compression.type": compression,
        "enable.idempotence": True,
    }
)


def delivered(error, message):
    if error is None:
        print(message.value().decode(), flush=True)


for number in range(int(count)):
    producer.produce(topic, f"{compression} {number} {'a line of a log, ' * 20}", on_delivery=delivered)
    producer.poll(0)
    time.sleep(0.002)
sys.exit(1 if producer.flush(120) else 0)
