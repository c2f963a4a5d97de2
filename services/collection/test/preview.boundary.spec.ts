import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { TelemetryEvent, TelemetryNormalized, TelemetryReceived } from '#contracts';
import { ensureTopics, ingestTopicSpec, readDeadLetter } from '#libs/events';
import { startWorld, type World } from '#libs/testing';
import { collection } from '../src/collection.module.js';
import { preview, type PreviewedPiece, type WayIn } from '../src/preview/index.js';
import { tenantState } from './tenant-state.js';

type PreviewedKind = Parameters<typeof preview>[1]['kind'];

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });

const LOGON = '{"Channel":"Security","EventID":4625,"Computer":"h1","TimeCreated":"2026-11-02T09:00:00Z"}';
const TEXT = '<38>1 2026-11-02T09:00:00Z web1 sshd 5 - - Accepted password for ada from 192.0.2.7 port 4022 ssh2';
const OTLP = (...bodies: object[]): string =>
  JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: bodies.map((body) => ({ body })) }] }] });

const HOSTED = (stringValue: string): string =>
  JSON.stringify({
    resourceLogs: [
      {
        resource: { attributes: [{ key: 'host.name', value: { stringValue: 'web9' } }] },
        scopeLogs: [{ logRecords: [{ body: { stringValue } }, {}, { timeUnixNano: '1', body: { stringValue } }] }],
      },
    ],
  });

/** What somebody sends, each to a source of its own. */
const sent: [name: string, via: WayIn, kind: PreviewedKind, bytes: string | Buffer][] = [
  ['lines with one that is broken', 'http', 'WINDOWS', `${LOGON}\n{broken\n\n${LOGON}\r\n[1]\n`],
  ['more broken lines than get a letter', 'http', 'OKTA', `${'x\n'.repeat(30)}{"a":1}`],
  ['an array over several lines', 'http', 'WINDOWS', `[\n${LOGON},\n${LOGON}\n]`],
  ['lines of text', 'http', 'LINUX', `${TEXT}\n${TEXT}`],
  ['an event of nearly all that a topic takes', 'http', 'OKTA', `{"a":"${'x'.repeat(1_030_000)}"}`],
  ['HEC events', 'hec', 'WINDOWS', `{"event":${LOGON}}{"event":"text","host":"h2"}`],
  [
    'HEC events, one of them bad',
    'hec',
    'LINUX',
    `[{"event":"a","time":1},{"event":""},{"event":{"a":1},"host":"h4"}]`,
  ],
  ['OTLP logs of a host, one of them bad', 'otlp', 'LINUX', HOSTED(TEXT)],
  ['OTLP logs', 'otlp', 'LINUX', OTLP({ stringValue: TEXT }, { stringValue: '{"host":"h3"}' })],
  [
    'an Elastic bulk body',
    'bulk',
    'WINDOWS',
    `{"index":{}}\n${LOGON}\n{"create":{}}\n{broken\n{"create":{}}\n${JSON.stringify({ message: LOGON, agent: {}, host: { name: 'h9' } })}\n`,
  ],
  ['one value of many pieces', 'kafka', 'WINDOWS', `${LOGON}\n{broken`],
  ['OTLP logs that the Collector writes, one of them bad', 'kafka', 'LINUX', HOSTED(TEXT)],
  ['a value that is UTF-16', 'kafka', 'WINDOWS', Buffer.from(LOGON, 'utf16le')],
  ['a stream of both framings', 'tcp', 'LINUX', `${TEXT}\n${TEXT.length} ${TEXT}${TEXT}`],
  ['a frame that is cut', 'tcp', 'LINUX', `<38>1 - h - - - - ${'x'.repeat(1_200_000)}\n${TEXT}`],
  ['a datagram', 'udp', 'LINUX', TEXT],
  ['a datagram in Latin-1', 'udp', 'LINUX', Buffer.from('<38>Nov 28 05:00:01 web1 app[5]: caf\xe9 closed', 'latin1')],
];
const cases = sent.map(([name, via, kind, bytes], at) => ({ name, via, kind, bytes: Buffer.from(bytes), at }));
type SentCase = (typeof cases)[number];
/** By which one sees that the service reads. */
const FIRST = 'first';
const sourceOf = ({ at }: Pick<SentCase, 'at'>): string => `source-${at}`;

/** What both must say alike; ids and times of arrival are each one's own. */
const eventOf = ({ occurredAt, ingestedAt, flags, ...event }: TelemetryEvent) => ({
  occurredAt: flags.includes('time-missing') ? occurredAt - ingestedAt : occurredAt,
  flags,
  entity: event.entity,
  ocsf: event.ocsf,
  observables: event.observables,
  native: String(event.native),
});
const letterOf = (code: string, sentence: string, bytes: Buffer) => ({
  code,
  sentence,
  bytes: bytes.toString('latin1'),
});
const previewed = (pieces: PreviewedPiece[]) => ({
  events: pieces.flatMap((piece) => ('event' in piece ? [eventOf(piece.event)] : [])),
  letters: pieces.flatMap((piece) =>
    'dead' in piece ? [letterOf(piece.dead.code, piece.dead.sentence, piece.dead.bytes)] : [],
  ),
});

describe('a preview says what a running service makes of the same bytes', () => {
  let world: World;
  let ports: number[];
  let headers: Record<string, string>;

  beforeAll(async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k' }] };
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA', kid: 'k' })
      .setIssuer('urn:partner:acme')
      .setSubject('tools@acme')
      .setAudience('vigie')
      .setExpirationTime('5m')
      .sign(pair.privateKey);
    headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    ports = await Promise.all([...cases, undefined].map(freePort));
    const syslog = cases
      .filter(({ via }) => via === 'tcp' || via === 'udp')
      .map(({ via, at }) => ({ port: ports[at], transport: via, tenant: 'acme', source: sourceOf({ at }) }));
    world = await startWorld([collection], {
      clock: 'real',
      environment: {
        collection: {
          HTTP_PORT: String(ports.at(-1)),
          LISTEN_HOST: '127.0.0.1',
          TOKEN_ISSUERS: JSON.stringify([{ issuer: 'urn:partner:*', side: 'PARTNER', jwks }]),
          SYSLOG_LISTENERS: JSON.stringify(syslog),
        },
      },
    });
    await ensureTopics(
      world.broker,
      [FIRST, ...cases.map(sourceOf)].map((source) => ingestTopicSpec('acme', source)),
    );
    await world.say(
      'acme',
      tenantState(
        'acme',
        [FIRST, 'WINDOWS'],
        ...cases.map((one): [string, PreviewedKind] => [sourceOf(one), one.kind]),
      ),
    );
    await world.ingest('acme', FIRST, LOGON);
    await world.until('the service reads', () => world.heard<TelemetryReceived>('telemetry.received', 'acme').length);
  });
  afterAll(async () => world?.stop());

  const post = async (path: string, bytes: Buffer): Promise<number> => {
    const url = `http://127.0.0.1:${ports.at(-1)}${path}`;
    return (await fetch(url, { method: 'POST', body: new Uint8Array(bytes), headers })).status;
  };

  const send: Record<WayIn, (one: SentCase) => Promise<unknown>> = {
    http: (one) => post(`/v1/ingest/${sourceOf(one)}`, one.bytes),
    hec: (one) => post(`/services/collector/event?source=${sourceOf(one)}`, one.bytes),
    otlp: (one) => post(`/v1/logs?source=${sourceOf(one)}`, one.bytes),
    bulk: (one) => post(`/_bulk?source=${sourceOf(one)}`, one.bytes),
    kafka: (one) => world.ingest('acme', sourceOf(one), one.bytes),
    tcp: ({ bytes, at }) =>
      new Promise<void>((done, fail) => {
        const socket = connect(ports[at] ?? 0, '127.0.0.1', () => socket.end(bytes));
        socket.on('error', fail).on('close', done).resume();
      }),
    udp: ({ bytes, at }) =>
      new Promise<void>((done) => {
        const socket = createSocket('udp4');
        socket.send(bytes, ports[at] ?? 0, '127.0.0.1', () => socket.close(() => done()));
      }),
  };

  const running = (source: string) => ({
    events: world
      .heard<TelemetryNormalized>('telemetry.normalized', 'acme')
      .filter(({ message }) => message.source === source)
      .flatMap(({ message }) => message.events)
      .sort((a, b) => a.offset - b.offset || a.index - b.index)
      .map(eventOf),
    letters: world
      .deadLetters('collection')
      .map(readDeadLetter)
      .filter(({ original }) => original.topic === `ingest.acme.${source}`)
      .map(({ code, sentence, original }) => letterOf(code, sentence, original.value)),
  });
  const sorted = <T extends object>(all: T[]): T[] =>
    [...all].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

  it.each(cases)('$name, by $via', async (one) => {
    const made = await preview(one, { kind: one.kind, receivedAt: Date.now() });
    if ('refused' in made) throw new Error(made.refused.sentence);
    const expected = previewed(made.pieces);
    expect(expected.events.length + expected.letters.length).toBeGreaterThan(0);
    const before = running(sourceOf(one));
    await send[one.via](one);
    const { events, letters } = await world.until('as many events and letters', () => {
      const now = running(sourceOf(one));
      const isThere =
        now.events.length - before.events.length >= expected.events.length &&
        now.letters.length - before.letters.length >= expected.letters.length;
      return isThere && now;
    });
    expect(sorted(events.slice(before.events.length))).toEqual(sorted(expected.events));
    expect(sorted(letters.slice(before.letters.length))).toEqual(sorted(expected.letters));
  });
});
