import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as later } from 'node:timers/promises';
import { bodyOf, exchange } from './exchange.js';
import { mayPass, S3Failed } from './failed.js';
import { bucketPath, encoded, isPage, listQuery, pageOf, textIn, type S3ListAsk, type S3Page } from './listing.js';
import type { S3Place } from './place.js';
import type { AwsSecret } from './secret.js';
import { signedHeaders } from './sign.js';

const TRIES = 6;
const FIRST_WAIT_MS = 100;
const TIMES_LONGER = 3;
const ANSWER_MS = 30_000;
/** A store that gives or takes less than a MiB a second is as good as gone. */
const MS_A_BYTE = 1_000 / (1024 * 1024);
const MOST_PAGE_BYTES = 16 * 1024 * 1024;
const MOST_ERROR_BYTES = 64 * 1024;
const MOST_PAGES = 10_000;

export interface BucketPorts {
  /** Asked before each request, so that what changed is believed. */
  secret(): Promise<AwsSecret>;
  /** Epoch ms. */
  now?: () => number;
  pause?: (ms: number) => Promise<unknown>;
}

interface BucketAsk {
  method: string;
  /** For the error; with the bucket's folder. */
  key: string;
  url: string;
  headers?: Record<string, string>;
  file?: string;
  /** That come or go. */
  bytes?: number;
  /** Before each try; what it throws is not tried again. */
  before?: () => Promise<void>;
}

/** Stores say what is wrong in a word; whatever else they repeat may be what was sent. */
const codeOf = (xml: string): string => /^[A-Za-z0-9._-]{1,64}$/.exec(textIn(xml, 'Code'))?.[0] ?? '';

const noAnswer = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : (name ?? 'Error');
};

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

const versionOf = (answer: IncomingMessage): string => (answer.headers.etag ?? '').replaceAll('"', '');
const drained = async (answer: IncomingMessage): Promise<string> => {
  await bodyOf(answer, MOST_ERROR_BYTES);
  return versionOf(answer);
};

const asking =
  ({ region }: S3Place, { secret, now = Date.now, pause = later }: BucketPorts) =>
  async <T>({ before, ...asked }: BucketAsk, use: (answer: IncomingMessage) => Promise<T>): Promise<T> => {
    const { method, key, url, file, bytes = 0 } = asked;
    const once = async (): Promise<T> => {
      const headers = await signedHeaders(await secret(), region, asked, now());
      const mostMs = ANSWER_MS + Math.ceil(bytes * MS_A_BYTE);
      try {
        return await exchange({ method, url, headers, mostMs, ...(file ? { file } : {}) }, async (answer) => {
          const { statusCode: status = 0 } = answer;
          if (status >= 200 && status < 300) return use(answer);
          throw new S3Failed(method, key, status, codeOf(await bodyOf(answer, MOST_ERROR_BYTES)));
        });
      } catch (error) {
        throw error instanceof S3Failed ? error : new S3Failed(method, key, 0, noAnswer(error));
      }
    };
    for (let left = TRIES - 1, wait = FIRST_WAIT_MS; ; left -= 1, wait *= TIMES_LONGER) {
      await before?.();
      try {
        return await once();
      } catch (error) {
        if (left <= 0 || !mayPass(error)) throw error;
        await pause(wait * (0.5 + Math.random()));
      }
    }
  };

/** Requests to one bucket: signed, bounded in time, tried again for some seconds. Keys are those behind its folder. */
export interface Bucket {
  /** One page. */
  page(ask: S3ListAsk): Promise<S3Page>;
  /** Every page, together. @returns how many pages there were, too: another may have changed things between two. */
  list(prefix: string, delimiter?: string): Promise<Omit<S3Page, 'token' | 'isTruncated'> & { pages: number }>;
  /** Into a file of this machine. @throws S3Failed with 404 and NoSuchKey for what is not there. @returns its version. */
  get(key: string, file: string, bytes: number): Promise<string>;
  /**
   * A file of this machine, which is there as a whole or not at all, over what bore the key.
   * @param before asked before each try. @returns its version.
   */
  put(key: string, file: string, before?: () => Promise<void>): Promise<string>;
  /** What is not there is no error. */
  remove(key: string): Promise<void>;
}

type Ask = ReturnType<typeof asking>;

const paging = ({ origin, bucket, root }: S3Place, ask: Ask): Bucket['page'] => {
  const behindRoot = (key: string): string => key.slice(root.length);
  return async ({ prefix, after, ...rest }) => {
    const query = listQuery({ ...rest, prefix: root + prefix, ...(after ? { after: root + after } : {}) });
    const asked = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
    const url = `${origin}${bucketPath(bucket)}?${asked.join('&')}`;
    return ask({ method: 'GET', key: root + prefix, url }, async (answer) => {
      const xml = await bodyOf(answer, MOST_PAGE_BYTES);
      if (!isPage(xml)) throw new S3Failed('GET', root + prefix, answer.statusCode ?? 0, 'and no listing');
      const read = pageOf(xml);
      const objects = read.objects.map((one) => ({ ...one, key: behindRoot(one.key) }));
      return { ...read, objects, folders: read.folders.map(behindRoot) };
    });
  };
};

const listing =
  (page: Bucket['page']): Bucket['list'] =>
  async (prefix, delimiter = '') => {
    const all: Awaited<ReturnType<Bucket['list']>> = { objects: [], folders: [], pages: 0 };
    for (let token = ''; all.pages < MOST_PAGES; ) {
      const next = await page({ prefix, delimiter, token });
      for (const one of next.objects) all.objects.push(one);
      for (const one of next.folders) all.folders.push(one);
      all.pages += 1;
      if (!next.isTruncated) return all;
      // Whoever has no more to say how to go on would be asked for ever, or have things missed.
      if (next.token === '' || next.token === token) break;
      token = next.token;
    }
    throw new S3Failed('GET', prefix, 200, 'and a listing without an end');
  };

/** @throws S3Failed, all of its functions. */
export const openBucket = (place: S3Place, ports: BucketPorts): Bucket => {
  const { origin, bucket, root } = place;
  const ask = asking(place, ports);
  const page = paging(place, ask);
  const of = (key: string): { key: string; url: string } => ({
    key: root + key,
    url: origin + bucketPath(bucket, root + key),
  });
  return {
    page,
    list: listing(page),
    get: (key, file, bytes) =>
      ask({ method: 'GET', ...of(key), bytes }, async (answer) => {
        await pipeline(answer, createWriteStream(file));
        return versionOf(answer);
      }),
    put: async (key, file, before) => {
      const { size } = await stat(file);
      // The store takes nothing that is not what was meant, or breaks off.
      const headers = { 'content-length': String(size), 'x-amz-content-sha256': await sha256Of(file) };
      return ask({ method: 'PUT', ...of(key), headers, file, bytes: size, ...(before ? { before } : {}) }, drained);
    },
    remove: async (key) => {
      try {
        await ask({ method: 'DELETE', ...of(key) }, drained);
      } catch (error) {
        if (!(error instanceof S3Failed && error.status === 404 && error.code !== 'NoSuchBucket')) throw error;
      }
    },
  };
};
