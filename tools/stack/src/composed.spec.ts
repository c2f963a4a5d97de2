import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { composed } from './composed.js';

const FILE = readFileSync('docker-compose.yml', 'utf8');
const given = {
  KAFKA_INTERNAL_HOST: '127.0.0.1',
  KAFKA_INTERNAL_PORT: '20001',
  KAFKA_PARTNER_HOST: '127.0.0.1',
  KAFKA_PARTNER_PORT: '20002',
  KAFKA_ADMIN_PASSWORD: 'a',
  KAFKA_BROKER_PASSWORD: 'b',
  MONGO_PORT: '20003',
  MONGO_PASSWORD: 'c',
  MONGO_KEY: 'd+/=',
};

it('reads the broker as Compose would run it', () => {
  const kafka = composed(FILE, 'kafka', 'mine', given);
  expect(kafka).toMatchObject({
    image: 'apache/kafka:4.1.0',
    entrypoint: ['/bin/bash', '/vigie/start.sh'],
    dropped: ['ALL'],
    added: [],
    ports: [
      { host: 20_001, container: 20_001 },
      { host: 20_002, container: 20_002 },
    ],
    environment: { INTERNAL_PORT: '20001', ADMIN_PASSWORD: 'a', KAFKA_HEAP_OPTS: '-Xms256m -Xmx512m' },
    health: { interval: 5_000, timeout: 30_000, startPeriod: 900_000 },
  });
  expect(kafka.volumes).toContainEqual({ source: 'mine-kafka', target: '/var/lib/kafka/data', mode: 'rw' });
  expect(kafka.volumes).toContainEqual({
    source: resolve('tools/stack/kafka/start.sh'),
    target: '/vigie/start.sh',
    mode: 'ro',
  });
  expect(kafka.tmpfs).toEqual({ '/tmp': 'mode=1777,size=64m' });
  expect(kafka.health.test.at(-1)).toContain('$INTERNAL_PORT');
});

it('reads the store, whose key stays a text of its environment', () => {
  const mongo = composed(FILE, 'mongo', 'mine', given);
  expect(mongo).toMatchObject({ ports: [{ host: 20_003, container: 27_017 }], environment: { MONGO_KEY: 'd+/=' } });
  expect(mongo.command[0]).toContain('"$MONGO_KEY"');
});

it('names what is not given and cannot be done without', () =>
  expect(() => composed(FILE, 'mongo', 'mine', { ...given, MONGO_KEY: undefined as unknown as string })).toThrow(
    /MONGO_KEY is not set/,
  ));
