/** A vendor on the loopback that keeps events, and does to whoever pulls them what vendors do. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface VendorAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: object | string | Buffer;
}

export interface VendorAsked {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface FakeVendor {
  origin: string;
  asked: VendorAsked[];
  /** Answers to give before the vendor's own, in order. */
  instead: VendorAnswer[];
  stop(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

export const startVendor = async (answer: (asked: VendorAsked) => VendorAnswer): Promise<FakeVendor> => {
  const vendor: FakeVendor = { origin: '', asked: [], instead: [], stop: async () => undefined };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = 'GET', headers } = request;
      const asked = { method, headers, body, url: new URL(request.url ?? '/', vendor.origin) };
      vendor.asked.push(asked);
      const { status = 200, headers: own = {}, body: said = '' } = vendor.instead.shift() ?? answer(asked);
      const bytes = Buffer.isBuffer(said) || typeof said === 'string' ? said : JSON.stringify(said);
      response.writeHead(status, own).end(bytes);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  vendor.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vendor.stop = () =>
    new Promise((stopped) => {
      server.close(() => stopped());
      server.closeAllConnections();
    });
  return vendor;
};
