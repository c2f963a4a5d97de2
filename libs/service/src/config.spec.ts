import { z } from 'zod';
import { readConfig } from './config.js';

const key = { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'cases' };
const whole = {
  KAFKA_BROKERS: 'a:1, b:2',
  MONGO_URL: 'mongodb://127.0.0.1',
  SERVICE_SIGNING_KEY: JSON.stringify({ ...key, d: 'secret' }),
  TRUSTED_KEYS: JSON.stringify({ keys: [key] }),
};

it('reads the base block with its defaults', () =>
  expect(readConfig({}, whole)).toMatchObject({ KAFKA_BROKERS: ['a:1', 'b:2'], HEALTH_PORT: 9464, LOG_LEVEL: 'info' }));

it('reads what a service adds', () =>
  expect(readConfig({ HTTP_PORT: z.coerce.number() }, { ...whole, HTTP_PORT: '80' }).HTTP_PORT).toBe(80));

it('names every problem at once, and no value', () => {
  const wrong = { ...whole, KAFKA_BROKERS: undefined, MONGO_URL: 'http://secret-host', SERVICE_SIGNING_KEY: 'hunter2' };
  const said = (() => {
    try {
      readConfig({}, wrong);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(said).toMatch(/KAFKA_BROKERS/);
  expect(said).toMatch(/MONGO_URL: must start with mongodb/);
  expect(said).toMatch(/SERVICE_SIGNING_KEY: is not JSON/);
  expect(said).not.toMatch(/hunter2|secret-host/);
});
