import { entityOf, observablesOf } from './ocsf.js';

const NOTHING = ['', ' ', '"', '""', "''", '.', '...', '-', '\u200b', '\0', '%2e', '\ufeff', undefined];

it.each(['user', 'host', 'cloud-principal', 'device', 'ip'])('a %s that is not named is unknown', (kind) =>
  expect([...new Set(NOTHING.map((value) => entityOf(kind, value)))]).toEqual([`${kind}:unknown`]),
);

it.each<[string, string, string]>([
  ['user', ' "Ada" ', 'user:"ada"'],
  ['user', '山田', 'user:山田'],
  ['host', 'WS1.Example.test', 'host:ws1.example.test'],
  ['device', '7', 'device:7'],
  ['ip', '2001:DB8::1', 'ip:2001:db8::1'],
  ['ip', '203.0.113', 'ip:unknown'],
  ['ip', 'ws1', 'ip:unknown'],
  ['ip', '::', 'ip:unknown'],
  ['ip', '0.0.0.0', 'ip:unknown'],
  ['user', `${'a'.repeat(1_023)} b`, `user:${'a'.repeat(1_023)}`],
])('a %s called %j is %s', (kind, value, entity) => expect(entityOf(kind, value)).toBe(entity));

it.each(['hostname', 'user-name', 'domain', 'email-address', 'ip-address'])('a %s that names nothing is none', (kind) =>
  expect(observablesOf(...NOTHING.map((value): [string, string | undefined] => [kind, value]))).toEqual([]),
);
