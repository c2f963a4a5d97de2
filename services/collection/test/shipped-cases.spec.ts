import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, readEvent, type JsonObject } from '#libs/sigma';
import { besideCheckout } from '#libs/testing';
import { preview, WAYS_IN } from '../src/preview/index.js';

type ShippedKind = Parameters<typeof preview>[1]['kind'];

/** What shippers send, beside the checkout, or nothing. */
const shipped = besideCheckout('shared/cases/ingest');

/** Cases that have a test of their own. */
const BLANK = '96-hec-empty-event';
const ODD_TIMES = '175-year-9999';
const EVADED = '176-apache-quote-evades-rule';

const RECEIVED = '2026-11-28T19:00:00.000Z';
const at = (time: string): string => `2026-11-28T${time}Z`;
/** Said by no event: `time-missing`. */
const UNTIMED = 'untimed';

/** When and to whom each event of a case happened; what is right of a case, and no more. */
const right: Record<string, [when: string, entity: string][]> = {
  '90-hec-object-with-time': [[at('19:00:00.500'), 'host:srv9']],
  '94-hec-array': [
    ['2026-11-27T18:43:20.000Z', 'host:unknown'],
    ['2026-11-27T18:43:21.000Z', 'host:unknown'],
  ],
  '98-otlp-zero-time': [['2026-11-27T18:43:20.250Z', 'host:web1']],
  '100-otlp-map-body': [['2026-11-27T18:43:20.250Z', 'host:srv9']],
  '101-otlp-windows-receiver': [['2026-11-27T18:43:20.250Z', 'host:srv9']],
  '102-otlp-resource-host': [['2026-11-27T18:43:20.250Z', 'host:web1']],
  '103-otlp-bad-record': [
    [UNTIMED, 'host:unknown'],
    ['2026-11-27T18:43:20.250Z', 'host:unknown'],
  ],
  '108-bom-each-line': [
    [UNTIMED, 'host:h1'],
    [UNTIMED, 'host:h2'],
  ],
  '110-concatenated-objects': [
    [at('05:00:00.000'), 'cloud-principal:arn:aws:iam::1:user/a'],
    [at('05:00:01.000'), 'cloud-principal:arn:aws:iam::1:user/a'],
  ],
  '111-concatenated-kafka': [
    [at('05:00:00.000'), 'cloud-principal:unknown'],
    [at('05:00:01.000'), 'cloud-principal:unknown'],
  ],
  '114-suricata-time-zone-words': [
    ['2026-06-28T13:56:08.167Z', 'ip:10.115.1.164'],
    [at('14:56:08.167'), 'ip:10.115.1.164'],
    [UNTIMED, 'ip:10.115.1.164'],
    ['2026-11-27T18:43:20.047Z', 'ip:10.6.6.6'],
    [at('09:56:08.167'), 'ip:unknown'],
  ],
  '115-m365-time': Array.from({ length: 5 }, () => [at('05:28:02.000'), 'user:a@b.test']),
  '120-records-joined-http': ['05:00:01.000', '05:00:02.000', '05:00:03.000'].map((time) => [
    at(time),
    'cloud-principal:unknown',
  ]),
  '126-array-per-line': [
    [UNTIMED, 'host:h1'],
    [UNTIMED, 'host:h2'],
  ],
  '128-bom-big-pretty-array': Array.from({ length: 1_500 }, () => [at('05:28:02.000'), 'user:a@b.test']),
  '131-apache-error': [
    [at('05:00:01.123'), 'ip:192.0.2.7'],
    [at('05:00:02.123'), 'ip:192.0.2.7'],
  ],
  '135-rfc5424-sd-escapes': [[at('05:00:01.500'), 'host:web1']],
  '138-rfc5424-no-sd': [[at('05:00:01.000'), 'host:web1']],
  '140-json-behind-header-loses-host': [[at('05:00:01.500'), 'host:web1']],
  '142-windows-syslog-json': [[at('05:00:01.000'), 'host:h1']],
  '147-latin1': [[at('05:00:01.000'), 'host:web1']],
  '151-bracket-first-poisons': [
    [UNTIMED, 'host:unknown'],
    [at('05:00:01.000'), 'host:web1'],
    [at('05:00:02.000'), 'host:web1'],
  ],
  '152-sudo-ends-in-braces': [[at('05:00:01.000'), 'host:web1']],
  '154-http-line-with-brace': [[at('05:00:01.000'), 'host:web1']],
  '156-cef-escaped-pipe-header': [[at('10:00:00.000'), 'ip:10.1.2.3']],
  '157-cef-escapes-extension': [[at('10:00:00.000'), 'ip:10.1.2.3']],
  '160-cef-ends-in-json': [[at('10:00:00.000'), 'ip:10.1.2.3']],
  '166-cef-rt-text': [['2026-09-07T14:50:39.000Z', 'ip:10.1.2.3']],
  '168-windows-powershell-date': [[at('05:28:02.000'), 'host:h1.test']],
  '169-windows-xml2js': [[at('05:00:00.123'), 'host:h1']],
  '171-zeek': ['05:00:00.123', '05:28:02.123', '05:28:02.123', '05:28:02.100'].map((time) => [at(time), 'ip:10.1.2.3']),
  '172-apache-combined-escapes': [
    [at('04:00:01.000'), 'ip:192.0.2.7'],
    [at('05:00:01.000'), 'ip:2001:db8::1'],
    [at('05:00:02.000'), 'ip:192.0.2.7'],
    [at('05:00:03.000'), 'ip:192.0.2.7'],
  ],
  '203-pretty-objects-joined': [
    [UNTIMED, 'host:h1'],
    [UNTIMED, 'host:h2'],
  ],
};

/** What rules find in the first event of a case. */
const found: Record<string, [kind: 'firewall' | 'windows', fields: Record<string, string | number>]> = {
  '101-otlp-windows-receiver': ['windows', { EventID: 4625, Channel: 'Security', TargetUserName: 'ada' }],
  '156-cef-escaped-pipe-header': [
    'firewall',
    { deviceProduct: 'Prod|uct', signatureId: 'op1|op2', name: 'Name\\x', msg: 'Message|with pipe', act: 'deny' },
  ],
  '157-cef-escapes-extension': [
    'firewall',
    { act: 'blocked a \\', cs1: 'x=y z=1', msg: 'line1\nline2', filePath: 'C:\\Tmp\\a.exe', dst_ip: '203.0.113.9' },
  ],
  '168-windows-powershell-date': ['windows', { EventID: 4625, Channel: 'Security' }],
  '169-windows-xml2js': ['windows', { Image: 'C:\\evil.exe', Provider_Name: 'Microsoft-Windows-Sysmon' }],
};

const made = async (name: string): ReturnType<typeof preview> => {
  const folder = join(shipped ?? '', name);
  const input = readdirSync(folder).find((file) => file.startsWith('input.')) ?? '';
  const [, way, kind] = /^Way in: (\w+), kind: (\w+)$/m.exec(readFileSync(join(folder, 'expected.txt'), 'utf8')) ?? [];
  const via = WAYS_IN.find((one) => one === way) ?? 'http';
  const bytes = readFileSync(join(folder, input));
  return preview({ via, bytes }, { kind: kind as ShippedKind, receivedAt: Date.parse(RECEIVED) });
};

const whenThere = shipped === undefined ? describe.skip : describe;

whenThere('what shippers send (skipped: no ../shared/cases)', () => {
  it.each(Object.entries(right))('%s', async (name, expected) => {
    const said = await made(name);
    const pieces = 'pieces' in said ? said.pieces : [];
    expect(
      pieces.map((piece) =>
        'event' in piece
          ? [
              piece.event.flags.includes('time-missing') ? UNTIMED : new Date(piece.event.occurredAt).toISOString(),
              piece.event.entity,
            ]
          : piece.dead,
      ),
    ).toEqual(expected);
  });

  it.each(Object.entries(found))('rules find what %s says', async (name, [kind, fields]) => {
    const said = await made(name);
    const [piece] = 'pieces' in said ? said.pieces : [];
    const native = piece && 'event' in piece ? piece.event.native : Buffer.from('{}');
    const { find } = readEvent(kind, JSON.parse(String(native)) as JsonObject);
    expect(Object.fromEntries(Object.keys(fields).map((field) => [field, find(field)]))).toEqual(fields);
  });

  it('no quote, user, header or encoding of an access log hides a request from a rule', () => {
    const read = (file: string): string => readFileSync(join(shipped ?? '', EVADED, file), 'utf8');
    const set = compile([{ path: 'rule.yml', text: read('rule.yml') }]);
    const lines = read('events.ndjson').trim().split('\n');
    expect(lines.map((line) => set.match({ logsource: 'web-server', native: Buffer.from(line) }).length)).toEqual(
      lines.map(() => 1),
    );
  });

  it('are all asserted here', () =>
    expect(
      readdirSync(shipped ?? '')
        .filter((name) => !/^[A-Z]/.test(name))
        .sort(),
    ).toEqual([...Object.keys(right), BLANK, ODD_TIMES, EVADED].sort()));

  it('a blank event is refused by its code', async () =>
    expect(await made(BLANK)).toEqual({
      refused: { status: 400, code: 13, sentence: 'Event field cannot be blank' },
    }));

  it('odd times are flagged, or clamped, and none is believed wrongly', async () => {
    const said = await made(ODD_TIMES);
    const events = 'pieces' in said ? said.pieces.flatMap((piece) => ('event' in piece ? [piece.event] : [])) : [];
    expect(events).toHaveLength(9);
    const believed = events.filter(({ flags }) => flags.length === 0);
    const day = believed.map(({ occurredAt }) => new Date(occurredAt).toISOString().slice(0, 13));
    expect([...new Set(day)].sort()).toEqual(['2026-11-27T23', '2026-11-28T05']);
  });
});
