import { gzipSync } from 'node:zlib';
import { readLine } from '../envelope/line.js';
import { documentLine } from './bulk-documents.js';
import { ByteBudget } from './byte-budget.js';
import type { HttpPorts } from './http.js';
import { httpGround, permits } from '../../test/http-ground.js';

const KEY = 'eyJh.eyJp.c2ln';
const tokens: Record<string, string[]> = { good: ['edr'], [KEY]: ['edr'], wide: [], two: ['edr', 'fw'] };

const start = async (overrides: Partial<HttpPorts> = {}) => {
  const { base, appended, close } = await httpGround({ verify: permits(tokens), ...overrides });
  const ask = async (path: string, init: RequestInit = {}, authorization = 'Bearer good') => {
    const headers = { ...(authorization === '' ? {} : { authorization }), ...(init.headers as object) };
    const {
      status,
      headers: said,
      ...response
    } = await fetch(base + path, { ...init, headers }).then(async (one) => ({
      status: one.status,
      headers: one.headers,
      text: await one.text(),
    }));
    return { status, headers: said, body: response.text === '' ? undefined : JSON.parse(response.text) };
  };
  return {
    appended,
    ask,
    bulk: (body: string | Uint8Array<ArrayBuffer>, path = '/_bulk', ...more: [RequestInit?, string?]) =>
      ask(path, { method: 'POST', body, ...more[0] }, more[1]),
    close,
  };
};

const created = (index: string, id?: string) => ({
  create: { _index: index, ...(id ? { _id: id } : {}), _version: 1, result: 'created', status: 201 },
});
const lines = (...values: (object | string)[]): string =>
  values.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join('');
const CREATE = { create: {} };

describe("Elasticsearch's door, as its clients speak to it", () => {
  let door: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    door = await start();
  });
  afterEach(() => door.close());

  it.each([
    ['GET', '/', { tagline: 'You Know, for Search', version: { number: '8.19.0' } }],
    ['HEAD', '/', undefined],
    ['GET', '/_license?human=false', { license: { status: 'active' } }],
    ['GET', '/_xpack', { license: { status: 'active' }, features: { ilm: { available: true, enabled: true } } }],
    ['GET', '/_cluster/health', { status: 'green' }],
    ['GET', '/_ilm/policy/filebeat', { filebeat: { policy: expect.any(Object) } }],
    ['HEAD', '/_index_template/filebeat-8.19.0', undefined],
    ['GET', '/_index_template/f', { index_templates: [{ name: 'f' }] }],
    ['PUT', '/_index_template/filebeat-8.19.0', { acknowledged: true }],
    ['PUT', '/_ingest/pipeline/filebeat-system', { acknowledged: true }],
    ['GET', '/_data_stream/filebeat-8.19.0', { data_streams: [{ name: 'filebeat-8.19.0' }] }],
    ['HEAD', '/_alias/logstash', undefined],
    ['PUT', '/%3Clogstash-%7Bnow%2Fd%7D-000001%3E', { acknowledged: true }],
  ])('answers what is asked before anything is sent: %s %s', async (method, path, body) => {
    const answer = await door.ask(path, { method });
    expect([answer.status, answer.headers.get('x-elastic-product')]).toEqual([200, 'Elasticsearch']);
    if (body) expect(answer.body).toMatchObject(body);
  });

  it('tells nobody without a token anything', async () => {
    for (const [authorization, code] of [
      ['', 'NO_TOKEN'],
      ['Bearer bad', 'BAD_TOKEN'],
      ['Digest x', 'BAD_AUTHORIZATION'],
    ] as const)
      expect(await door.ask('/', {}, authorization)).toMatchObject({
        status: 401,
        body: { status: 401, error: { type: 'security_exception', reason: expect.stringContaining(code) } },
      });
    expect(await door.ask('/edr/_search')).toMatchObject({ status: 404 });
  });

  it.each([
    ['Bearer good'],
    [`Basic ${Buffer.from('elastic:good').toString('base64')}`],
    [`ApiKey ${Buffer.from('id:good').toString('base64')}`],
    [`ApiKey ${KEY}`],
  ])('takes the token of %s', async (authorization) =>
    expect(await door.bulk(lines(CREATE, { a: 1 }), '/_bulk', {}, authorization)).toMatchObject({ status: 200 }),
  );

  it('takes documents and answers for each', async () => {
    const body = lines({ create: { _index: 'edr', _id: 'x' } }, '{"a":1.10}', '', { index: {} }, '{"b":2}\r');
    const { status, body: answer } = await door.bulk(new Uint8Array(gzipSync(body)), '/logs/_bulk', {
      headers: { 'content-encoding': 'gzip' },
    });
    expect({ status, answer }).toEqual({
      status: 200,
      answer: {
        took: 0,
        errors: false,
        items: [created('edr', 'x'), { index: { _index: 'logs', _version: 1, result: 'created', status: 201 } }],
      },
    });
    expect(door.appended).toEqual([{ source: 'edr', events: ['{"a":1.10}', '{"b":2}'], enveloped: false }]);
  });

  it.each(['application/json', 'application/vnd.elasticsearch+json; compatible-with=8'])(
    'answers in %s where that is asked for',
    async (accept) =>
      expect((await door.bulk(lines(CREATE, {}), '/_bulk', { headers: { accept } })).headers.get('content-type')).toBe(
        accept,
      ),
  );

  it.each<[path: string, index: string, headers: Record<string, string>, source: string]>([
    ['/fw/_bulk', '', {}, 'fw'],
    ['/_bulk', 'edr', {}, 'edr'],
    ['/_bulk', 'edr-2026.11.30', {}, 'edr'],
    ['/_bulk', 'fw-000001', {}, 'fw'],
    ['/_bulk', 'logs-fw-default', {}, 'fw'],
    ['/_bulk', 'filebeat-8.19.0', { 'x-vigie-source': 'fw' }, 'fw'],
    ['/_bulk?source=fw', 'edr', {}, 'fw'],
  ])('finds the source by %s and %s %j', async (path, _index, headers, source) => {
    const about = _index === '' ? {} : { _index };
    expect(await door.bulk(lines({ create: about }, {}), path, { headers }, 'Bearer wide')).toMatchObject({
      body: { errors: false },
    });
    expect(door.appended).toMatchObject([{ source }]);
  });

  it.each<[string, string, object]>([
    [`/${'i'.repeat(256)}/_bulk?source=fw`, 'index', {}],
    ['/_bulk?source=fw', 'index', { _index: 'ü'.repeat(128) }],
    ['/_bulk?source=fw', 'id', { _id: 'i'.repeat(513) }],
  ])(
    'tells nobody again of each item what is longer than Elasticsearch has it: %.10s… %s',
    async (path, what, about) => {
      const { status, body } = await door.bulk(lines({ create: about }, {}), path, {}, 'Bearer wide');
      expect([status, body.error.reason]).toEqual([
        400,
        expect.stringContaining(`The ${what} of action/metadata line [1]`),
      ]);
      expect(door.appended).toEqual([]);
    },
  );

  it('gives each source of a body its own, and takes nothing where one is not known', async () => {
    const both = lines({ create: { _index: 'fw' } }, { a: 1 }, { create: { _index: 'edr' } }, { a: 2 });
    expect(await door.bulk(both, '/_bulk', {}, 'Bearer two')).toMatchObject({ body: { errors: false } });
    expect(door.appended.map(({ source, events }) => [source, events])).toEqual([
      ['fw', ['{"a":1}']],
      ['edr', ['{"a":2}']],
    ]);
    const stray = both + lines({ create: { _index: 'filebeat' } }, { a: 3 });
    expect(await door.bulk(stray, '/_bulk', {}, 'Bearer two')).toMatchObject({
      status: 403,
      body: { error: { reason: expect.stringContaining('NAME_A_SOURCE') } },
    });
    expect(door.appended).toHaveLength(2);
  });

  it('refuses item by item what is no event, and makes dead letters of it', async () => {
    const { body } = await door.bulk(
      lines(CREATE, { a: 1 }, CREATE, '{broken', CREATE, '[1]', { delete: { _id: '1' } }, { update: {} }, { doc: {} }),
    );
    expect(body.errors).toBe(true);
    expect(body.items.map((item: object) => Object.values(item)[0].status)).toEqual([201, 400, 400, 400, 400]);
    const [plain, enveloped] = door.appended;
    expect(plain).toMatchObject({ events: ['{"a":1}'], enveloped: false });
    expect(enveloped?.events.map((line) => readLine(Buffer.from(line))?.problem?.code)).toEqual([
      'NOT_JSON',
      'NOT_AN_OBJECT',
      'UPDATE_NOT_TAKEN',
    ]);
  });

  it.each([
    ['no action', '{"a":1}\n{"b":2}\n', 400, 'line [1]'],
    ['no document', lines(CREATE), 400, 'no document'],
    ['nothing', '\n', 400, 'no event'],
    ['more than is taken', `${lines(CREATE)}{"a":"${'x'.repeat(4_000_001)}"}`, 413, 'BODY_TOO_LARGE'],
  ])('refuses a body of %s whole', async (_what, body, status, reason) => {
    expect(await door.bulk(body)).toMatchObject({
      status,
      body: { error: { reason: expect.stringContaining(reason) } },
    });
    expect(door.appended).toEqual([]);
  });

  it('says what is to be sent again: items with 429, or all with 503', async () => {
    const half = await start({
      append: (_tenant, source) => (source === 'fw' ? Promise.reject(new Error('away')) : Promise.resolve()),
    });
    const fw = lines({ create: { _index: 'fw' } }, {});
    const answer = await half.bulk(fw + lines({ create: { _index: 'edr' } }, {}), '/_bulk', {}, 'Bearer two');
    expect([answer.status, answer.body.items]).toEqual([
      200,
      [
        {
          create: {
            _index: 'fw',
            status: 429,
            error: expect.objectContaining({ type: 'es_rejected_execution_exception' }),
          },
        },
        created('edr'),
      ],
    ]);
    const none = await half.bulk(fw, '/_bulk', {}, 'Bearer two');
    expect([none.status, none.headers.get('retry-after')]).toEqual([503, '1']);
    await half.close();
  });

  it.each([
    ['TOO_DEEP', `{"a":${'['.repeat(900_000)}`],
    ['TOO_MANY_VALUES', `{"a":[${'[],'.repeat(40_000)}0]}`],
  ])('parses no document that would cost too much: %s', async (code, document) => {
    const { body } = await door.bulk(lines(CREATE, document, CREATE, '{"b":1}'));
    const [bad, good] = (body as { items: { create: { status: number; error?: { type: string } } }[] }).items;
    expect([bad?.create.status, good?.create.status]).toEqual([400, 201]);
    expect(JSON.stringify(door.appended)).toContain(code);
  });

  it('says when it has no room', async () => {
    const full = await start({ bytes: new ByteBudget(4) });
    expect(await full.bulk(lines(CREATE, {}))).toMatchObject({
      status: 429,
      body: { error: { type: 'es_rejected_execution_exception' } },
    });
    await full.close();
  });
});

it('parses no document that is larger than a topic takes', () => {
  const parse = jest.spyOn(JSON, 'parse');
  const { problem } = documentLine(Buffer.from(`{"a":[${'[],'.repeat(400_000)}[]]}`));
  const asked = parse.mock.calls.length;
  parse.mockRestore();
  expect([problem?.code, asked]).toEqual(['TOO_LARGE', 0]);
});
