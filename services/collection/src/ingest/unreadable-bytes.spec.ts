import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { SourceKind } from '#contracts';
import { ndjson } from '../listeners/formats.js';
import { sourceOf } from '../sources/index.js';
import { NOTHING_KNOWN } from '#libs/terms';
import { readMessage, type ReadPieces } from './message.js';
import { whyUnreadable } from './unreadable-bytes.js';

const EVENT = '{"Channel":"Security","EventID":4625,"Computer":"h1"}';
const read = (kind: SourceKind, message: string | Buffer): ReadPieces => {
  const source = sourceOf(kind);
  if (!source) throw new Error(kind);
  const place = { topic: 'ingest.acme.edge', partition: 0, offset: '1', timestamp: Date.UTC(2026, 10, 28, 19) };
  return readMessage(Buffer.from(message), place, source);
};

describe('what is no text', () => {
  it.each<[string, Buffer, string]>([
    ['gzip', gzipSync(EVENT), 'COMPRESSED'],
    ['zlib', deflateSync(EVENT), 'COMPRESSED'],
    ['zstd', Buffer.from('28b52ffd2435', 'hex'), 'COMPRESSED'],
    ['lz4', Buffer.from('04224d186440', 'hex'), 'COMPRESSED'],
    ['snappy', Buffer.from('ff060000734e61507059', 'hex'), 'COMPRESSED'],
    ['xz', Buffer.from('fd377a585a000004', 'hex'), 'COMPRESSED'],
    ['zip', Buffer.from('504b030414000000', 'hex'), 'COMPRESSED'],
    ['bzip2', Buffer.from('BZh91AY&SY', 'latin1'), 'COMPRESSED'],
    ['an EVTX file', Buffer.from('ElfFile\0\0\0', 'latin1'), 'NOT_TEXT'],
    ['a Parquet file', Buffer.from('PAR1\x15\x04', 'latin1'), 'NOT_TEXT'],
    ['UTF-16', Buffer.from(EVENT, 'utf16le'), 'WRONG_ENCODING'],
  ])('is refused by HTTP, and one dead letter elsewhere, that names it: %s', (name, bytes, code) => {
    expect(() => ndjson.read(bytes, { contentType: '', query: new URLSearchParams() })).toThrow(
      expect.objectContaining({ status: 415, code }),
    );
    for (const kind of ['WINDOWS', 'LINUX'] as const) {
      const { events, rejected } = read(kind, bytes);
      expect([events, rejected.map((one) => one.code)]).toEqual([[], [code]]);
      expect(rejected[0]?.sentence).toContain(name);
    }
  });

  it.each<[string, Buffer, string]>([
    ['gzip', gzipSync(EVENT), 'What is wrapped is gzip that breaks off, is damaged, packed twice, or unpacks to more'],
    [
      'zstd',
      Buffer.from('28b52ffd2435', 'hex'),
      'What is wrapped is zstd; wrap plain JSON or text, or pack it by gzip',
    ],
    ['UTF-16', Buffer.from(EVENT, 'utf16le'), 'What is wrapped is UTF-16; send UTF-8.'],
  ])('is told as what it is where it is wrapped: %s', (_, bytes, sentence) =>
    expect(whyUnreadable(bytes, 'What is wrapped')?.sentence).toContain(sentence),
  );

  it.each(['BZh: a word', 'PAR1-FW: up', 'x\x01', 'PK', '', 'a\0', EVENT])('is not taken for it: %j', (text) => {
    expect(whyUnreadable(Buffer.from(text))).toBeUndefined();
  });

  it('is not looked for in packed bytes that say nothing of it', () => {
    expect(read('WINDOWS', brotliCompressSync(EVENT)).events).toEqual([]);
  });
});

it.each<[string, string, string]>([
  ['separated values without a header', '4625,Security,h1\n4624,Security,h1', 'separated values (CSV)'],
  ['separated values in quotes', '"EventID";"Channel";"Computer"', 'separated values (CSV)'],
  ['XML of something else', '<Report><System/></Report>', 'XML'],
  ['text', 'Nov 28 05:00:01 h1 app: text', 'text, which this kind of source does not take'],
  ['broken JSON', '{"a":1,"b":2,"c":', 'is not JSON:'],
])('the dead letters of %s to a source of JSON say what came', (_, message, said) => {
  // Windows events come as XML, too.
  const { events, rejected } = read(said === 'XML' ? 'OKTA' : 'WINDOWS', message);
  expect(events).toEqual([]);
  expect(rejected.length).toBe(message.split('\n').length);
  for (const { code, sentence } of rejected)
    expect([code, sentence]).toEqual(['NOT_JSON', expect.stringContaining(said)]);
});

it.each<[SourceKind, string, boolean]>([
  ['WINDOWS', '{"a":1}', true],
  ['WINDOWS', '{}', true],
  ['WINDOWS', '<Event><System/></Event>', true],
  ['WINDOWS', EVENT, false],
  ['WINDOWS', '{"Computer":"h1"}', false],
  ['WINDOWS', '{"eventTime":"2026-11-28T05:00:00Z","eventName":"CreateUser"}', true],
  ['LINUX', '{"a":1}', true],
  ['LINUX', '<13>1 2026-11-28T05:00:01Z web1 app - - - {"a":1}', true],
  ['LINUX', 'words alone', true],
  ['LINUX', 'Nov 28 05:00:01 web1 app: text', false],
  ['AWS_CLOUDTRAIL', '{"a":1}', true],
  ['OKTA', '{"a":1}', true],
  ['AZURE', '{"a":1}', true],
  ['M365', '{"a":1}', true],
  ['GCP_AUDIT', '{"a":1}', true],
  ['GITHUB', '{"a":1}', true],
  ['GOOGLE_WORKSPACE', '{"a":1}', true],
  ['SURICATA', '{"a":1}', true],
  ['ZEEK', '{"a":1}', true],
  ['FIREWALL', 'words alone', true],
  ['FIREWALL', '{"src":"10.1.2.3","dst":"203.0.113.9"}', false],
])(
  'an event of %s that says nothing its source knows is flagged, and of no class: %s, %s',
  (kind, message, isFlagged) => {
    const { events } = read(kind, message);
    expect(events.map(({ flags }) => flags.includes(NOTHING_KNOWN))).toEqual([isFlagged]);
    if (isFlagged) expect(events[0]?.ocsf).toMatchObject({ categoryUid: 0, classUid: 0, activityId: 0 });
  },
);
