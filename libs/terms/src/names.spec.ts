import { growthOfText, LINEAR } from '#libs/measure';
import { entityName, foldName, isName, sameHost, sameUser } from './index.js';

it.each([
  ['WEB01.Acme.Example.', 'web01.acme.example'],
  [' web01.. ', 'web01'],
  ['web01%2eacme%2Eexample', 'web01.acme.example'],
  ['ｗｅｂ０１．acme', 'web01.acme'],
  ['web01。acme', 'web01.acme'],
  ['we\u200bb01\u00ad', 'web01'],
  ['Zoé', 'zoé'],
  ['Zoe\u0301', 'zoé'],
  ['ACME\\Alice', 'acme\\alice'],
  ['.', ''],
])('writes <%s> as <%s>', (name, folded) => expect(foldName(name)).toBe(folded));

it.each([
  ['web01', 'WEB01', 'SAME'],
  ['web01.acme.example', 'Web01.ACME.example.', 'SAME'],
  ['web01', 'web01.acme.example', 'PERHAPS'],
  ['web01.a.example', 'web01.b.example', 'DIFFERENT'],
  ['web0', 'web01', 'DIFFERENT'],
  ['web01', 'web010.acme.example', 'DIFFERENT'],
  ['10.0.0.7', '10.0.0.7', 'SAME'],
  ['10.0.0.7', '10', 'DIFFERENT'],
  ['10.0.0.7', '10.0.0.8', 'DIFFERENT'],
  ['fe80::1', 'fe80::1', 'SAME'],
  ['web01', 'wеb01', 'DIFFERENT'], // The second has a Cyrillic e.
  ['', '', 'DIFFERENT'],
])('host %s and host %s: %s', (one, other, likeness) => {
  expect(sameHost(one, other)).toBe(likeness);
  expect(sameHost(other, one)).toBe(likeness);
});

it.each([
  ['alice', 'ALICE', 'SAME'],
  ['alice', 'alice@acme.example', 'PERHAPS'],
  ['alice', 'ACME\\alice', 'PERHAPS'],
  ['acme\\alice', 'alice@acme.example', 'PERHAPS'],
  ['alice@a.example', 'alice@b.example', 'DIFFERENT'],
  ['a\\alice', 'b\\alice', 'DIFFERENT'],
  ['alice@acme.example', 'alice@acme.example.', 'SAME'],
  ['alice', 'alicia', 'DIFFERENT'],
  ['me', 'me@acme.example', 'PERHAPS'],
])('user %s and user %s: %s', (one, other, likeness) => {
  expect(sameUser(one, other)).toBe(likeness);
  expect(sameUser(other, one)).toBe(likeness);
});

it.each(['ada', 'адa', '山田', '7', '😀', 'x@', '%41'])('%s can be a name', (text) => expect(isName(text)).toBe(true));
it.each(['', ' ', '"', '""', "''", '…', '..', '%2e%2E', '\u200b', '\0', '@', '-', '\\', '\u0301'])(
  'no name is in %j',
  (text) => expect(isName(text)).toBe(false),
);

it('folds what ends in many dots in one pass', () =>
  expect(growthOfText(foldName, '.', { end: 'x' })).toBeLessThan(LINEAR));

it('takes an entity apart', () => {
  expect(entityName('Host:WEB01.')).toEqual({ kind: 'host', name: 'web01' });
  expect(entityName('host:fe80::1')).toEqual({ kind: 'host', name: 'fe80::1' });
  expect(entityName('web01')).toEqual({ kind: '', name: 'web01' });
});
