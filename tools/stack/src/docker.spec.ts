import { readFileSync } from 'node:fs';
import { environmentOf, projectOf } from './docker.js';

const environment = environmentOf({
  kind: 'docker',
  clusterId: 'x',
  owner: 1,
  detached: false,
  pids: {},
  ports: { internal: 1, partner: 2, controller: 3, store: 4 },
  users: { admin: 'a', broker: 'b' },
  mongo: { password: 'c', key: 'd' },
});

it('gives every variable the two services cannot do without', () => {
  const file = readFileSync('docker-compose.yml', 'utf8');
  const required = [...file.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name as string);
  expect(new Set(required)).toEqual(
    new Set(['KAFKA_ADMIN_PASSWORD', 'KAFKA_BROKER_PASSWORD', 'MONGO_PASSWORD', 'MONGO_KEY']),
  );
  for (const name of required) expect(environment[name]).toMatch(/.+/);
});

it('names only variables the file reads', () => {
  const file = readFileSync('docker-compose.yml', 'utf8');
  for (const name of Object.keys(environment)) expect(file).toContain(`\${${name}:`);
});

it('keeps two folders apart', () => {
  expect(projectOf('/one')).not.toEqual(projectOf('/two'));
  expect(projectOf('/one')).toMatch(/^vigie-[0-9a-f]{10}$/);
});
