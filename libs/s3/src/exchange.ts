import { createReadStream } from 'node:fs';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';

/** One request, headers and all. */
export interface S3Exchange {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** A file of this machine that is its body. */
  file?: string;
  /** All of it takes so long at most, the answer's body included. */
  mostMs: number;
}

const CONNECTIONS = 32;
const agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: CONNECTIONS }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: CONNECTIONS }),
};

/** Asks, follows no redirect, and has the answer read by `use`, which reads its body to the end or throws. */
export const exchange = async <T>(
  { method, url, headers, file, mostMs }: S3Exchange,
  use: (answer: IncomingMessage) => Promise<T>,
): Promise<T> => {
  const signal = AbortSignal.timeout(mostMs);
  const isTls = url.startsWith('https:');
  const answer = await new Promise<IncomingMessage>((answered, failed) => {
    const asked = isTls
      ? requestHttps(url, { method, headers, signal, agent: agents.https })
      : requestHttp(url, { method, headers, signal, agent: agents.http });
    asked.once('response', answered);
    // Stays, for what breaks off later: the answer's body tells that to who reads it.
    asked.on('error', failed);
    if (file === undefined) asked.end();
    else pipeline(createReadStream(file), asked).catch(failed);
  });
  try {
    return await use(answer);
  } catch (error) {
    answer.destroy();
    throw error;
  }
};

/** A body as text. @throws Error when it has more bytes. */
export const bodyOf = async (answer: IncomingMessage, mostBytes: number): Promise<string> => {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new Error(`an answer has more than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};
