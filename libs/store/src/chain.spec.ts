import { createHash } from 'node:crypto';
import { digestOf, GENESIS, hashOf, personalDigestOf, type HashedCommit } from './chain.js';
import { scopeOf } from './scope.js';

const salt = Buffer.from('salt');
const ada = { subject: 'ada', side: 'PROVIDER' };
const value = Buffer.from('value');
const fact = (bytes: string, rest: Partial<HashedCommit['facts'][number]> = {}): HashedCommit['facts'][number] => ({
  id: 'f1',
  type: 'case.opened',
  schemaId: 7,
  time: 1_000,
  requestId: 'r1',
  salt,
  bytes: Buffer.from(bytes),
  digest: digestOf(salt, Buffer.from(bytes)),
  ...rest,
});
const request = (rest: object = {}): HashedCommit['requests'][number] => ({
  id: 'r1',
  type: 'case.open',
  actor: ada,
  digest: value,
  personalSalt: salt,
  personalDigest: personalDigestOf(salt, { actor: ada, digest: value }),
  roles: ['ANALYST'],
  correlationId: 'c1',
  ...rest,
});
const base: HashedCommit = {
  chain: 2,
  tenant: scopeOf('acme'),
  streamId: 'case/acme/1',
  version: 1,
  at: 1_000,
  facts: [fact('one'), fact('two')],
  requests: [request()],
};
const hex = (commit: HashedCommit, previous: Buffer = GENESIS): string => hashOf(previous, commit).toString('hex');

const changed: [string, Partial<HashedCommit>][] = [
  ['the tenant', { tenant: scopeOf('umbra') }],
  ['the stream', { streamId: 'case/acme/2' }],
  ['the version', { version: 2 }],
  ['the time of the commit', { at: 1_001 }],
  ['a fact', { facts: [fact('one'), fact('tow')] }],
  ['the order of facts', { facts: [fact('two'), fact('one')] }],
  ['the number of facts', { facts: [fact('one')] }],
  ['the time of a fact', { facts: [fact('one', { time: 1_001 }), fact('two')] }],
  ['the type of a fact', { facts: [fact('one', { type: 'case.closed' }), fact('two')] }],
  ['the id of a fact', { facts: [fact('one', { id: 'f2' }), fact('two')] }],
  ['the request of a fact', { facts: [fact('one', { requestId: 'r2' }), fact('two')] }],
  [
    'who asked',
    {
      requests: [
        request({ personalDigest: personalDigestOf(salt, { actor: { ...ada, subject: 'eve' }, digest: value }) }),
      ],
    },
  ],
  [
    'what was asked',
    { requests: [request({ personalDigest: personalDigestOf(salt, { actor: ada, digest: Buffer.from('other') }) })] },
  ],
  ['the correlation', { requests: [request({ correlationId: 'c2' })] }],
  ['a cause', { requests: [request({ causationId: 'e1' })] }],
  ['a field that is kept of requests one day', { requests: [request({ shift: 'night' })] }],
  ['a role', { requests: [request({ roles: ['ANALYST', 'LEAD'] })] }],
  ['the form of the chain', { chain: undefined }],
];
it.each(changed)('changes with %s', (_what, rest) => expect(hex({ ...base, ...rest })).not.toBe(hex(base)));
it('changes with the commit before', () => expect(hex(base, Buffer.alloc(32, 1))).not.toBe(hex(base)));
it('changes with a salt', () =>
  expect(digestOf(Buffer.from('sal'), Buffer.from('one')).equals(digestOf(salt, Buffer.from('one')))).toBe(false));
it('does not change by itself, nor by what an erasure takes away', () => {
  const blank = Buffer.alloc(0);
  const erased = {
    ...base,
    facts: base.facts.map((one) => ({ ...one, salt: blank, bytes: blank })),
    requests: [request({ personalSalt: blank, digest: blank, actor: { subject: '', side: 'SYSTEM' } })],
  };
  expect([hex(base), hex(erased), hex({ ...base, requests: [request({ traceparent: undefined })] })]).toEqual([
    hex(base),
    hex(base),
    hex(base),
  ]);
});

it('can be made again by anyone from what is written about it', () => {
  const text = (value: string): string =>
    `01${Buffer.byteLength(value).toString(16).padStart(8, '0')}${Buffer.from(value).toString('hex')}`;
  const number = (value: number): string => `02${value.toString(16).padStart(16, '0')}`;
  const bytes = (value: Buffer): string => `03${value.length.toString(16).padStart(8, '0')}${value.toString('hex')}`;
  const list = (...items: string[]): string => `05${items.length.toString(16).padStart(8, '0')}${items.join('')}`;
  const record = (...fields: [string, string][]): string =>
    `07${fields.length.toString(16).padStart(8, '0')}${fields.map(([name, value]) => text(name) + value).join('')}`;
  const sha256 = (hexadecimal: string): Buffer => createHash('sha256').update(Buffer.from(hexadecimal, 'hex')).digest();
  const facts = ['one', 'two'].map((one) =>
    record(
      ['digest', bytes(createHash('sha256').update(`salt${one}`).digest())],
      ['id', text('f1')],
      ['requestId', text('r1')],
      ['schemaId', number(7)],
      ['time', number(1_000)],
      ['type', text('case.opened')],
    ),
  );
  const personal = sha256(
    Buffer.from('salt').toString('hex') +
      record(['actor', record(['side', text('PROVIDER')], ['subject', text('ada')])], ['digest', bytes(value)]),
  );
  const asked = record(
    ['correlationId', text('c1')],
    ['id', text('r1')],
    ['personalDigest', bytes(personal)],
    ['roles', list(text('ANALYST'))],
    ['type', text('case.open')],
  );
  const commit = record(
    ['at', number(1_000)],
    ['chain', number(2)],
    ['facts', list(...facts)],
    ['previous', bytes(GENESIS)],
    ['requests', list(asked)],
    ['streamId', text('case/acme/1')],
    ['tenant', text('acme')],
    ['version', number(1)],
  );
  expect(hex(base)).toBe(sha256(commit).toString('hex'));
});

it('reads the older form as it was: previous hash, length and name of the stream, version, digests', () => {
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(11, 0);
  numbers.writeBigUInt64BE(1n, 4);
  const older = createHash('sha256').update(GENESIS).update(numbers).update('case/acme/1');
  for (const { digest } of base.facts) older.update(digest);
  expect(hex({ ...base, chain: undefined })).toBe(older.digest('hex'));
});
