import type { SourceKind } from '#contracts';
import { preview, type PreviewedPiece, type WayIn } from '../preview/index.js';

const receivedAt = Date.UTC(2026, 10, 28, 19);
const told = (piece: PreviewedPiece): unknown =>
  'event' in piece
    ? [piece.event.entity, piece.event.ocsf.classUid, new Date(piece.event.occurredAt).toISOString(), piece.event.flags]
    : [piece.dead.code, piece.dead.bytes.toString()];
const sent = async (kind: SourceKind, text: string, type = 'text/csv', via: WayIn = 'http') => {
  const made = await preview(
    { via, bytes: Buffer.from(text), headers: via === 'http' ? { 'content-type': type } : {} },
    { kind, receivedAt },
  );
  return 'refused' in made ? made.refused : made.pieces.map(told);
};

const AT = '2026-11-28T10:00:00.000Z';
const EXPORTS: [what: string, kind: SourceKind, text: string, expected: unknown][] = [
  [
    "an audit search of Microsoft 365's, whose record is JSON in a column",
    'M365',
    'CreationDate,UserIds,Operations,AuditData\n2026-11-28T10:00:00Z,ada@example.test,UserLoggedIn,"{""CreationTime"":""2026-11-28T10:00:00"",""Operation"":""UserLoggedIn"",""Workload"":""AzureActiveDirectory"",""UserId"":""ada@example.test"",""ClientIP"":""192.0.2.7""}"\r\n',
    [['user:ada@example.test', 3002, AT, []]],
  ],
  [
    "sign-ins that Entra's portal exports",
    'AZURE',
    '"Date (UTC)","Request ID","User agent","User ID","User","Username","Application","IP address","Status","Sign-in error code"\r\n"2026-11-28T10:00:00Z","1","Mozilla/5.0 (X, Y)","2","Ada","ada@example.test","Portal","192.0.2.7","Failure","50126"\r\n',
    [['user:ada@example.test', 3002, AT, []]],
  ],
  [
    "Okta's, by the paths of its fields",
    'OKTA',
    'published,eventType,actor.alternateId,client.ipAddress,outcome.result\n2026-11-28T10:00:00.000Z,user.session.start,ada@example.test,192.0.2.7,SUCCESS\n',
    [['user:ada@example.test', 3002, AT, []]],
  ],
  [
    "a firewall's, with semicolons",
    'FIREWALL',
    '@timestamp;source.ip;destination.ip;destination.port;event.action\n2026-11-28T10:00:00Z;10.0.0.5;203.0.113.9;443;denied\n',
    [['ip:10.0.0.5', 4001, AT, []]],
  ],
];

describe('a table over HTTP', () => {
  it.each(EXPORTS)('%s', async (_what, kind, text, expected) => expect(await sent(kind, text)).toEqual(expected));

  it('gives its good rows, and a dead letter of each that is bad', async () =>
    expect(
      await sent(
        'OKTA',
        'published,eventType\n2026-11-28T10:00:00Z,user.session.start,ada\n2026-11-28T10:00:00Z,user.session.end\n',
      ),
    ).toEqual([
      ['RAGGED_ROW', expect.stringMatching(/^{"by":"table",.*"event":"2026-11-28T10:00:00Z,user.session.start,ada"}$/)],
      ['user:unknown', 3002, AT, []],
    ]));

  it.each([
    ['no header', 'a,b\n', 'text/csv; header=absent', 'NO_HEADER'],
    ['JSON', '{"a":1}', 'text/csv', 'NOT_CSV'],
    ['no row that can be read', 'a,b\n1\n', 'text/csv', 'BAD_BODY'],
    ['a header alone', 'a,b\n', 'text/csv', 'EMPTY'],
    ['a character set that nobody knows', 'a,b\n1,2\n', 'text/csv; charset=utf-99', 'WRONG_ENCODING'],
  ])('is refused as a whole: %s', async (_what, text, type, code) =>
    expect(await sent('OKTA', text, type)).toMatchObject({ code }),
  );

  it('in another character set is read by it', async () => {
    const bytes = Buffer.from('eventType,actor.alternateId\nuser.session.start,m\xfcller@example.test\n', 'latin1');
    const made = await preview(
      { via: 'http', bytes, headers: { 'content-type': 'text/csv; charset=iso-8859-1' } },
      { kind: 'OKTA', receivedAt },
    );
    expect('pieces' in made && made.pieces.map(told)).toEqual([
      ['user:müller@example.test', 3002, expect.any(String), ['time-missing']],
    ]);
  });
});

describe('a table as one message of Kafka', () => {
  it.each(EXPORTS.slice(0, 3))('is read with its header: %s', async (_what, kind, text, expected) =>
    expect(await sent(kind, text, '', 'kafka')).toEqual(expected),
  );
  it('without its header is a dead letter that says so', async () =>
    expect(await sent('OKTA', '2026-11-28T10:00:00Z,user.session.start,ada\n', '', 'kafka')).toEqual([
      ['NOT_JSON', expect.any(String)],
    ]));
  it('is text to a source of text', async () =>
    expect(await sent('FIREWALL', EXPORTS[3]?.[2] ?? '', '', 'kafka')).toHaveLength(2));
});

const ZEEK = [
  '#separator \\x09',
  '#set_separator\t,',
  '#empty_field\t(empty)',
  '#unset_field\t-',
  '#path\tdns',
  '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tquery\tanswers\trejected',
  '#types\ttime\tstring\taddr\tport\taddr\tport\tstring\tvector[string]\tbool',
  '1795860000.123456\tC1\t10.0.0.5\t5353\t203.0.113.9\t53\tevil.test\tTXT 3 abc,203.0.113.7\tF',
  '',
].join('\n');

it.each<[string, WayIn]>([
  ['HTTP', 'http'],
  ['Kafka', 'kafka'],
])("Zeek's TSV by %s is Zeek's JSON", async (_what, via) => {
  const of = async (text: string) => {
    const made = await preview({ via, bytes: Buffer.from(text) }, { kind: 'ZEEK', receivedAt });
    if ('refused' in made) throw new Error(made.refused.sentence);
    return made.pieces;
  };
  const pieces = await of(ZEEK);
  expect(pieces).toEqual(
    await of(
      '{"_path":"dns","ts":1795860000.123456,"uid":"C1","id.orig_h":"10.0.0.5","id.orig_p":5353,"id.resp_h":"203.0.113.9","id.resp_p":53,"query":"evil.test","answers":["TXT 3 abc","203.0.113.7"],"rejected":false}',
    ),
  );
  expect(pieces.map(told)).toEqual([['ip:10.0.0.5', 4003, '2026-11-28T10:00:00.123Z', []]]);
});
