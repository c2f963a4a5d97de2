import { createHash, randomUUID } from 'node:crypto';
import { catalogue, type CaseAddNote } from '#contracts';
import {
  connectBroker,
  deadLetterTopic,
  encode,
  readDeadLetter,
  SCHEMAS_TOPIC,
  toRecord,
  type DeadLetter,
  type OutRecord,
} from '#libs/events';
import type { Envelope } from '#libs/model';
import { openKeys, signedRecord } from '#libs/service';
import { until } from '#libs/testing';
import { processStarted, readAll, signToken, type Stage } from '../../cli/src/index.js';
import { silent, type Installed } from '../support/installation.js';

export interface Told {
  installed: Installed;
  stage: Stage;
}

const TENANT = 'northwind';
const SOURCE = 'endpoint';
const MIB = 1024 * 1024;

const ordinary = (): string =>
  JSON.stringify(
    processStarted(Date.now(), 'wks-015.northwind.example', {
      image: 'C:\\Windows\\System32\\notepad.exe',
      commandLine: 'notepad.exe notes.txt',
      user: 'NORTHWIND\\s.patel',
      parent: 'C:\\Windows\\explorer.exe',
    }).event,
  );

interface Intake {
  accepted: number;
  dead: number;
}
const intake = async ({ stage }: Told): Promise<Intake> => {
  const found = await stage.analyst.ask<{ intake: Intake[] }>(
    'query($tenant: ID!) { intake(tenant: $tenant) { accepted dead } }',
    { tenant: TENANT },
  );
  return found.intake[0] ?? { accepted: 0, dead: 0 };
};

const send = async ({ installed: { broker } }: Told, records: OutRecord[]): Promise<void> => {
  const publisher = broker.publisher();
  await publisher.send(records).finally(() => publisher.close());
};

/** As the partner's own tool, by Kafka. */
const sendAsPartner = async ({ stage }: Told, values: Buffer[]): Promise<void> => {
  const partner = stage.partners[`${TENANT}/${SOURCE}`];
  if (!partner) throw new Error('there is no partner');
  const broker = connectBroker({
    brokers: partner.brokers,
    username: partner.username,
    password: partner.password,
    clientId: 'partner',
    log: silent,
  });
  const publisher = broker.publisher();
  await publisher
    .send(values.map((value) => ({ topic: partner.topic, key: 'one', value, headers: {} })))
    .finally(() => publisher.close())
    .finally(() => broker.close());
};

const post = async (
  {
    installed: {
      up: { installation },
    },
  }: Told,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<{ status: number; code?: string }> => {
  const token = await signToken(installation.issuer.secret, {
    kind: 'partner',
    subject: 'tool',
    tenant: TENANT,
    sources: [SOURCE],
  });
  const response = await fetch(`${installation.urls.ingest}/v1/ingest/${SOURCE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    body,
  });
  const { error } = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: error?.code };
};

const letter = (
  { installed: { broker } }: Told,
  service: string,
  what: string,
  wanted: (letter: DeadLetter) => boolean,
): Promise<DeadLetter> =>
  until(`a dead letter of ${service}: ${what}`, async () =>
    (await readAll(broker, [deadLetterTopic(service)])).map(readDeadLetter).find(wanted),
  );

/** Bad and good together: the bad becomes dead letters with these codes, the good is accepted. */
const telemetry = (told: () => Told): void => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ordinary(), 'utf16le')]);
  const bad: [string, Buffer, string][] = [
    ['malformed JSON', Buffer.from('{"EventID": 1, "Image":'), 'NOT_JSON'],
    ['JSON that is no object', Buffer.from('42'), 'NOT_AN_OBJECT'],
    ['UTF-16', utf16, 'WRONG_ENCODING'],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), 'WRONG_ENCODING'],
    ['gzip', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00]), 'COMPRESSED'],
    ['JSON nested too deeply', Buffer.from(`{"a":${'['.repeat(200)}${']'.repeat(200)}}`), 'TOO_DEEP'],
  ];
  it.each(bad)('%s becomes a dead letter, and the next event is accepted', async (_what, value, code) => {
    const before = await intake(told());
    await sendAsPartner(told(), [value, Buffer.from(ordinary())]);
    await until('the receipt', async () => {
      const now = await intake(told());
      return now.accepted === before.accepted + 1 && now.dead === before.dead + 1;
    });
    const { tenant } = await letter(
      told(),
      'collection',
      code,
      (one) => one.code === code && one.original.value.equals(value),
    );
    expect(tenant).toBe(TENANT);
  });

  it('a line of 20 MB is refused by HTTP with a code, and the next request is accepted', async () => {
    const { accepted } = await intake(told());
    const answer = await post(
      told(),
      Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(20 * MIB, 'x'), Buffer.from('"}')]),
    );
    expect(answer).toEqual({ status: 413, code: expect.any(String) });
    expect((await post(told(), ordinary())).status).toBe(202);
    await until('the event', async () => (await intake(told())).accepted === accepted + 1);
  });

  it("a Kafka message over the topic's limit is refused by name, and the next is accepted", async () => {
    const { accepted } = await intake(told());
    await expect(sendAsPartner(told(), [Buffer.alloc(2 * MIB, 'x')])).rejects.toThrow(/its topic takes|too large/i);
    await sendAsPartner(told(), [Buffer.from(ordinary())]);
    await until('the event', async () => (await intake(told())).accepted === accepted + 1);
  });
};

/**
 * A note at the first case, signed as the gateway would over its bytes, so that only what is changed about them is
 * wrong.
 */
const note = async (
  {
    installed: {
      up: { installation },
    },
    stage,
  }: Told,
  text: string,
  change = (value: Buffer): Buffer => value,
): Promise<OutRecord> => {
  const { cases } = await stage.analyst.ask<{ cases: { edges: { node: { id: string } }[] } }>(
    '{ cases(tenants: ["northwind"], first: 1) { edges { node { id } } } }',
  );
  const caseId =
    Buffer.from(cases.edges[0]?.node.id ?? '', 'base64url')
      .toString('utf8')
      .split(':')[2] ?? '';
  const { gateway } = installation.keys;
  const keys = await openKeys({
    SERVICE_SIGNING_KEY: gateway?.secret,
    TRUSTED_KEYS: { keys: [gateway?.public] },
  } as Parameters<typeof openKeys>[0]);
  const [id, expiresAt] = [randomUUID(), Date.now() + 60_000];
  const request: CaseAddNote = { type: 'case.add-note', caseId, text };
  const envelope = { id, source: 'gateway', time: Date.now(), tenant: TENANT };
  return signedRecord(keys, {
    envelope,
    request,
    value: change(encode(request)),
    actor: { subject: 'ada@provider', side: 'PROVIDER' },
    roles: ['ANALYST'],
    expiresAt,
  });
};

const noted = ({ stage }: Told, text: string): Promise<true> =>
  until(`the note "${text}"`, async () => {
    const { cases } = await stage.analyst.ask<{ cases: { edges: { node: { notes: { text: string }[] } }[] } }>(
      '{ cases(tenants: ["northwind"]) { edges { node { notes { text } } } } }',
    );
    return cases.edges.some(({ node }) => node.notes.some((one) => one.text === text)) || undefined;
  });

const framed = (id: number, rest: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(id, 1);
  return Buffer.concat([head, rest]);
};

const isOf =
  (record: OutRecord) =>
  ({ original }: DeadLetter): boolean =>
    original.headers['ce_id'] === record.headers['ce_id'];

const messages = (told: () => Told): void => {
  it.each([
    ['of an unknown schema', (value: Buffer) => framed(7, value.subarray(5)), 'UNKNOWN_SCHEMA'],
    ['with broken Avro', (value: Buffer) => Buffer.concat([value.subarray(0, 5), Buffer.alloc(9, 0xff)]), 'BAD_AVRO'],
    ['without a frame', () => Buffer.from('{"text":"x"}'), 'NOT_FRAMED'],
  ])('a request %s becomes a dead letter, and the next is decided', async (what, change, code) => {
    const bad = await note(told(), 'never', change);
    await send(told(), [bad, await note(told(), `after one ${what}`)]);
    expect((await letter(told(), 'cases', code, isOf(bad))).code).toBe(code);
    await noted(told(), `after one ${what}`);
  });

  it('a request of a future version of its contract is read as far as it is known', async () => {
    const contract = catalogue.find(({ type }) => type === 'case.add-note');
    const schema = JSON.parse(contract?.schema ?? '{}') as { fields: object[] };
    schema.fields.push({ name: 'mood', type: 'string', default: '' });
    const text = JSON.stringify(schema);
    const id = createHash('sha256').update(text).digest().readUInt32BE(0) >>> 1;
    await send(told(), [
      {
        topic: SCHEMAS_TOPIC,
        key: String(id),
        value: Buffer.from(JSON.stringify({ type: 'case.add-note', version: 2, schema: text })),
        headers: {},
      },
    ]);
    await send(told(), [
      await note(told(), 'from the future', (value) =>
        framed(id, Buffer.concat([value.subarray(5), Buffer.from([8]), Buffer.from('glad')])),
      ),
    ]);
    await noted(told(), 'from the future');
  });

  it('a fact with broken Avro becomes a dead letter of those who hear it, and the next finding becomes a case', async () => {
    const envelope: Envelope = {
      id: randomUUID(),
      type: 'finding.raised',
      source: 'detection',
      subject: 'x',
      time: Date.now(),
      tenant: TENANT,
    };
    const repeated = { type: 'finding.repeated' as const, findingId: 'f', count: 2, lastOccurredAt: 1, at: 1 };
    const bad = {
      ...toRecord({ ...envelope, type: 'finding.repeated' }, repeated),
      value: Buffer.concat([encode(repeated).subarray(0, 5), Buffer.from([0xff])]),
    };
    await send(told(), [bad]);
    for (const service of ['cases', 'gateway', 'reporting'])
      expect((await letter(told(), service, 'BAD_AVRO', isOf(bad))).code).toBe('BAD_AVRO');
    const { stage } = told();
    const count = async (): Promise<number> =>
      (
        await stage.analyst.ask<{ findings: { totalCount: number } }>(
          '{ findings(tenants: ["northwind"], first: 1) { totalCount } }',
        )
      ).findings.totalCount;
    const before = await count();
    const attack = processStarted(Date.now(), 'wks-022.northwind.example', {
      image: 'C:\\Windows\\System32\\vssadmin.exe',
      commandLine: 'vssadmin.exe delete shadows /all /quiet',
      user: 'NORTHWIND\\j.novak',
      parent: 'C:\\Windows\\System32\\cmd.exe',
      pid: 7_100,
    });
    await sendAsPartner(told(), [Buffer.from(JSON.stringify(attack.event))]);
    await until('the next finding', async () => (await count()) > before);
  });

  it('a query that nests too deeply is refused with a code, and the next is answered', async () => {
    const { stage } = told();
    const deep = `{ cases(first: 1) { edges { node { ${'actions { history { by { subject } } '.repeat(1)}${'x { '.repeat(20)} id ${'} '.repeat(20)} } } } } }`;
    await expect(stage.analyst.ask(deep)).rejects.toMatchObject({
      code: expect.stringMatching(/TOO_DEEP|TOO_COSTLY|GRAPHQL_VALIDATION_FAILED/),
    });
    await expect(stage.analyst.ask(`{ a: cases(first: 1) ${'{ edges '.repeat(2_000)}`)).rejects.toMatchObject({
      code: expect.any(String),
    });
    await expect(stage.analyst.ask('{ me { subject } }')).resolves.toEqual({ me: { subject: 'ada@provider' } });
  });
};

/** What is wrong is named and set aside, and what comes next is processed. */
export const badInput = (told: () => Told): void => {
  describe('from partners', () => telemetry(told));
  describe('on our own topics and at GraphQL', () => messages(told));
};
