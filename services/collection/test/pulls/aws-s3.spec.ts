import { gzipSync } from 'node:zlib';
import { HOUR_MS, MINUTE_MS } from '#libs/terms';
import { readLine } from '../../src/envelope/line.js';
import { PULLED_AT, Pulled, repeatedIn } from './pulled.js';
import { startVendor, type FakeVendor, type VendorAnswer, type VendorAsked } from './vendor.js';

const SECRET = '{"accessKeyId":"AKIDEXAMPLE","secretAccessKey":"wJalrXUtnFEMI"}';
const PLACE = '123456789012/eu-west-1';

let vendor: FakeVendor;
let files: Map<string, { bytes: Buffer; writtenAt: number }>;
let pulled: Pulled;
/** Files of one page of a list. */
let pageSize: number;
/** What a list is instead. */
let listBody: Buffer | undefined;

const answer = ({ url, headers }: VendorAsked): VendorAnswer => {
  if (!/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/s3\//.test(headers.authorization ?? ''))
    return { status: 403 };
  const key = decodeURIComponent(url.pathname.replace(/^\/trail\/?/, ''));
  if (key !== '') {
    const file = files.get(key);
    return file ? { body: file.bytes } : { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
  }
  if (listBody) return { body: listBody };
  const [prefix, after] = ['prefix', 'start-after'].map((name) => url.searchParams.get(name) ?? '') as [string, string];
  const found = [...files.entries()]
    .filter(([name, { writtenAt }]) => name.startsWith(prefix) && name > after && writtenAt <= pulled.clock)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const page = found.slice(0, pageSize);
  const listed = page.map(
    ([name, { writtenAt }]) =>
      `<Contents><Key>${name.replaceAll('&', '&amp;')}</Key><LastModified>${new Date(writtenAt).toISOString()}</LastModified></Contents>`,
  );
  return {
    body: `<?xml version="1.0"?><ListBucketResult><IsTruncated>${found.length > page.length}</IsTruncated>${listed.join('')}</ListBucketResult>`,
  };
};

const folder = (service: string, at: number): string =>
  `logs/AWSLogs/${PLACE.replace('/', `/${service}/`)}/${new Date(at).toISOString().slice(0, 10).replaceAll('-', '/')}/`;
const put = (name: string, at: number, writtenAt: number, count = 3): void => {
  const Records = Array.from({ length: count }, (_, index) => ({
    eventID: `${name}-${index}`,
    eventTime: new Date(at).toISOString(),
  }));
  files.set(`${folder('CloudTrail', at)}${name}.json.gz`, { bytes: gzipSync(JSON.stringify({ Records })), writtenAt });
};
const from = (vendorName: string): Pulled =>
  new Pulled({
    settings: { vendor: vendorName, baseUrl: vendor.origin, account: 'trail/logs', include: [PLACE] },
    since: PULLED_AT - 30 * HOUR_MS,
    secret: SECRET,
  });

beforeEach(async () => {
  [files, pageSize, listBody] = [new Map(), 7, undefined];
  vendor = await startVendor(answer);
  pulled = from('cloudtrail-s3');
});
afterEach(() => vendor.stop());

it('reads each file of yesterday and today once, also one that comes late under an earlier name', async () => {
  for (let index = 10; index < 30; index += 1)
    put(`f${index}&x`, PULLED_AT - 29 * HOUR_MS + index * HOUR_MS, PULLED_AT - 20 * MINUTE_MS);
  await pulled.all();
  expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([60, 0]);
  put('a-late', PULLED_AT - 2 * HOUR_MS, PULLED_AT + 4 * MINUTE_MS);
  put('b-of-yesterday', PULLED_AT - 11 * HOUR_MS, PULLED_AT + 9 * MINUTE_MS);
  for (let rounds = 0; rounds < 5; rounds += 1) await pulled.all();
  expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([66, 0]);
  const told = pulled.facts.filter((fact) => fact.type === 'pull.advanced');
  expect(told.reduce((sum, { events }) => sum + events, 0)).toBe(66);
});

it('reads a file again that was appended when all was lost, no other, and none that is gone', async () => {
  for (let index = 0; index < 9; index += 1) put(`f${index}`, PULLED_AT - HOUR_MS, PULLED_AT - HOUR_MS + index);
  while (pulled.appended.length < 6) await pulled.step();
  pulled.isLost = true;
  await pulled.step();
  files.delete(`${folder('CloudTrail', PULLED_AT)}f5.json.gz`);
  await pulled.restart().all();
  expect([new Set(pulled.appended).size, repeatedIn(pulled.appended)]).toEqual([24, 3]);
});

it('reads more files than a cursor holds', async () => {
  pageSize = 1_000;
  for (let index = 0; index < 350; index += 1) put(`f${index}`, PULLED_AT - HOUR_MS, PULLED_AT - MINUTE_MS, 1);
  await pulled.all(2_000);
  for (let rounds = 0; rounds < 3; rounds += 1) await pulled.all();
  expect([pulled.appended.length, repeatedIn(pulled.appended)]).toEqual([350, 0]);
});

it('makes objects of the lines of VPC flow logs, under the names of their heading', async () => {
  pulled = from('vpc-flow-s3');
  const text = `version account-id srcaddr dstaddr srcport dstport protocol action start end\n2 123456789012 10.0.0.1 203.0.113.9 49152 443 6 REJECT 1793610000 1793610060\n`;
  files.set(`${folder('vpcflowlogs', PULLED_AT)}a.log.gz`, { bytes: gzipSync(text), writtenAt: PULLED_AT - 1 });
  await pulled.all();
  expect(JSON.parse(pulled.appended[0] ?? '')).toMatchObject({ srcaddr: '10.0.0.1', dstport: '443', action: 'REJECT' });
  expect(pulled.last('pull.advanced')).toMatchObject({ events: 1, reachedAt: 1_793_610_060_000 });
});

it('leaves a file out that holds more events than are cut out of one', async () => {
  const body = gzipSync(`{"Records":[${'{},'.repeat(100_000)}{}]}`);
  files.set(`${folder('CloudTrail', PULLED_AT)}many.json.gz`, { bytes: body, writtenAt: PULLED_AT - 1 });
  await pulled.all();
  expect(pulled.appended).toEqual([expect.stringContaining('larger than 100000 events')]);
});

it('leaves a file out that unpacks to too much, and says which', async () => {
  const key = `${folder('CloudTrail', PULLED_AT)}bomb.json.gz`;
  files.set(key, { bytes: gzipSync(Buffer.alloc(81 * 1024 * 1024)), writtenAt: PULLED_AT - 1 });
  put('c', PULLED_AT, PULLED_AT - 1);
  await pulled.all();
  expect(pulled.appended).toHaveLength(4);
  expect(readLine(Buffer.from(pulled.appended[0] ?? ''))).toMatchObject({
    event: Buffer.from(JSON.stringify(`/trail/${key}`)),
    problem: { code: 'ANSWER_TOO_LARGE', sentence: expect.stringMatching(/^The file is left out: the answer of/) },
  });
  expect(pulled.enveloped).toEqual([pulled.appended[0]]);
});

it('leaves no list out that is too large: it holds its pull up, and that is said', async () => {
  listBody = gzipSync(Buffer.alloc(81 * 1024 * 1024));
  await pulled.step();
  expect([pulled.appended, pulled.last('pull.failed')?.code]).toEqual([[], 'ANSWER_TOO_LARGE']);
});

describe('what stands in the way of a bucket', () => {
  it('is left out, and said, when it is a file that is never of the published form', async () => {
    put('a', PULLED_AT - HOUR_MS, PULLED_AT - HOUR_MS);
    files.set(`${folder('CloudTrail', PULLED_AT - HOUR_MS)}b.json.gz`, {
      bytes: Buffer.from('{"no":"records"}'),
      writtenAt: PULLED_AT - HOUR_MS,
    });
    put('c', PULLED_AT - HOUR_MS, PULLED_AT - HOUR_MS);
    for (let turns = 0; turns < 6; turns += 1) await pulled.all();
    expect(pulled.appended.filter((line) => line.includes('eventID'))).toHaveLength(6);
    const [letter] = pulled.enveloped;
    expect(letter && readLine(Buffer.from(letter))?.problem?.code).toBe('BAD_ANSWER');
    expect(pulled.enveloped).toHaveLength(1);
    expect(pulled.last('pull.failed')?.code).toBe('BAD_ANSWER');
    expect(pulled.last('pull.recovered')).toBeDefined();
  });

  it('is no number of files, nor how long their names are', async () => {
    pageSize = 1_000;
    for (let at = 0; at < 300; at += 1) put(`${at}-${'x'.repeat(800)}`, PULLED_AT, PULLED_AT, 1);
    await pulled.all(2_000);
    expect(new Set(pulled.appended).size).toBe(300);
    expect(Math.max(...pulled.facts.map((fact) => ('cursor' in fact ? fact.cursor.length : 0)))).toBeLessThan(
      64 * 1024,
    );
  });
});
