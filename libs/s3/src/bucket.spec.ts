import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBucket, type Bucket } from './bucket.js';
import { placeOf } from './place.js';

const SECRET = 'very-secret';
const SAID = `<Error><Code>AccessDenied</Code><Message>${SECRET}</Message></Error>`;

type ToldAnswer = (to: ServerResponse, asked: IncomingMessage) => void;
const says =
  (status: number, body = '', headers: Record<string, string> = {}): ToldAnswer =>
  (to) =>
    void to.writeHead(status, headers).end(body);

let folder: string;
let server: Server;
/** What the store answers, one after the other, the last again and again. */
let answers: ToldAnswer[] = [];
let heard: string[] = [];
let keys: string[] = [];
let bucket: Bucket;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-'));
  file = join(folder, 'up');
  await writeFile(file, 'content');
  server = createServer((asked, to) => {
    const parts: Buffer[] = [];
    asked.on('data', (part: Buffer) => parts.push(part));
    asked.on('end', () => {
      heard.push(`${asked.method} ${asked.url} ${Buffer.concat(parts).toString()}`.trim());
      keys.push(/Credential=([^/]*)/.exec(asked.headers.authorization ?? '')?.[1] ?? '');
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(to, asked);
    });
  }).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  [answers, heard, keys] = [[says(200)], [], []];
  let asked = 0;
  bucket = openBucket(placeOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}/lake/a`)!, {
    secret: async () => ({ accessKeyId: `key${(asked += 1)}`, secretAccessKey: SECRET }),
    pause: async () => undefined,
  });
});
const failure = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (one: unknown) => one as Error,
  );
  expect(`${String(error)} ${error?.stack} ${JSON.stringify(error)}`).not.toContain(SECRET);
  return String(error?.message);
};

it('puts a file as a whole, again after what passes, with the keys as they are by then', async () => {
  answers = [
    says(503, '<Error><Code>SlowDown</Code></Error>'),
    (to) => void to.destroy(),
    says(400, '<Error><Code>ExpiredToken</Code></Error>'),
    says(200, '', { etag: '"v1"' }),
  ];
  let before = 0;
  expect(await bucket.put('b=c/d', file, async () => void (before += 1))).toBe('v1');
  expect([before, heard, keys]).toEqual([
    4,
    Array(4).fill('PUT /lake/a/b%3Dc/d content'),
    ['key1', 'key2', 'key3', 'key4'],
  ]);
});

it('puts nothing any more once it may not', async () => {
  answers = [says(503)];
  let before = 0;
  const refused = async (): Promise<void> => {
    if ((before += 1) === 2) throw new Error('the lease was lost');
  };
  expect([await failure(bucket.put('d', file, refused)), heard.length]).toEqual(['the lease was lost', 1]);
});

it.each<[string, ToldAnswer, string, number]>([
  ['cannot answer', says(503, 'busy'), 'S3 answered GET a/ with 503', 6],
  ['refuses', says(403, SAID), 'S3 answered GET a/ with 403 AccessDenied', 1],
  [
    'is elsewhere',
    says(301, '<Code>PermanentRedirect</Code>', { location: '/' }),
    'S3 answered GET a/ with 301 PermanentRedirect',
    1,
  ],
  ['breaks off', (to) => void to.destroy(), 'S3 answered GET a/ with nothing ECONNRESET', 6],
  ['is another server', says(200, '<html>'), 'S3 answered GET a/ with 200 and no listing', 1],
])('tells of a store that %s, and no secret', async (_name, answer, expected, times) => {
  answers = [answer];
  expect([await failure(bucket.list('')), heard.length]).toEqual([expected, times]);
});

const page = (from: number, count: number, token: string): ToldAnswer =>
  says(
    200,
    `<ListBucketResult><IsTruncated>${token !== ''}</IsTruncated><NextContinuationToken>${token}</NextContinuationToken>${Array.from(
      { length: count },
      (_, at) => `<Contents><Key>a/${from + at}</Key><Size>1</Size></Contents>`,
    ).join('')}</ListBucketResult>`,
  );

it('lists every page, and never for ever', async () => {
  answers = [page(0, 1_000, 't+1'), page(1_000, 1_000, 't 2'), page(2_000, 7, '')];
  const { objects, pages } = await bucket.list('x/');
  expect([objects.length, objects.at(-1)?.key, pages]).toEqual([2_007, '2006', 3]);
  expect(heard.map((url) => /continuation-token=(.*)$/.exec(url)?.[1])).toEqual([undefined, 't%2B1', 't%202']);
  answers = [page(0, 1, 'same')];
  expect(await failure(bucket.list(''))).toBe('S3 answered GET of the bucket with 200 and a listing without an end');
});

it('gets what was sent to its end, and says what is not there', async () => {
  const half: ToldAnswer = (to) => {
    to.writeHead(200, { 'content-length': '8' }).write('cont');
    setImmediate(() => to.destroy());
  };
  answers = [half, says(200, 'contents', { etag: '"v2"' })];
  const to = join(folder, 'down');
  expect([await bucket.get('d', to, 8), await readFile(to, 'utf8'), heard.length]).toEqual(['v2', 'contents', 2]);
  answers = [says(404, '<Error><Code>NoSuchKey</Code></Error>')];
  expect(await failure(bucket.get('d', to, 8))).toBe('S3 answered GET a/d with 404 NoSuchKey');
  await bucket.remove('d');
});

it('knows the place that an address names, and takes no other for one', () => {
  expect(placeOf('https://s3.eu-west-1.amazonaws.com/bucket/lake/x/')).toEqual({
    ...{ origin: 'https://s3.eu-west-1.amazonaws.com', bucket: 'bucket', root: 'lake/x/', region: 'eu-west-1' },
  });
  expect(placeOf('http://minio:9000/bucket', 'here')).toMatchObject({ root: '', region: 'here' });
  for (const none of [
    '',
    'https://s3.test',
    'ftp://s3.test/bucket',
    'https://u:p@s3.test/bucket',
    'https://s3.test/bucket?x=1',
    'https://s3.test/bucket/a%2Fb',
  ])
    expect(placeOf(none)).toBeUndefined();
});
