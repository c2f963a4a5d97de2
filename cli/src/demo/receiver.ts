import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A customer's own tool in the demo: takes what is signed with the key that was agreed on, and nothing else. */
export interface Receiver {
  /** Kept as the tenant's secret, with the origin it may be sent to. */
  secret: string;
  origin: string;
  /** Of what was taken, in order. */
  taken: { type: string; subject: string }[];
  stop(): Promise<void>;
}

const MOST_BYTES = 64 * 1024;
const MOST_AGE_S = 300;

/** As Standard Webhooks has it: over id, seconds and body; what is old was perhaps overheard. */
const isSigned = (key: string, headers: IncomingHttpHeaders, body: string): boolean => {
  const [id, seconds, said] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name] ?? ''),
  );
  if (!(Math.abs(Date.now() / 1_000 - Number(seconds)) < MOST_AGE_S)) return false;
  const wanted = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`);
  const given = Buffer.from(said ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

export const openReceiver = async (): Promise<Receiver> => {
  const key = randomBytes(24).toString('hex');
  const taken: Receiver['taken'] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const signed = request.method === 'POST' && isSigned(key, request.headers, body);
      if (signed) taken.push(JSON.parse(body) as Receiver['taken'][number]);
      response.writeHead(signed ? 204 : 401).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    secret: JSON.stringify({ url: `${origin}/told`, key }),
    origin,
    taken,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
