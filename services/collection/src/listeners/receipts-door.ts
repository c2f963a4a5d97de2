/** What became of what was sent, for whoever may send it. */
import type { IncomingMessage } from 'node:http';
import { isSource } from '#libs/terms';
import { readCursor, type ReceiptCursor, type ReceiptPage } from '../domain/receipt-page.js';
import type { DoorAnswer } from './body-format.js';
import { urlOf } from './http-routes.js';
import { permitOf, type IntakePorts } from './intake.js';
import { permittedSource } from './permitted-sources.js';
import { Refusal } from './refusal.js';
import { tokenIn } from './tokens-sent.js';

/** What somebody asks of receipts. */
interface ReceiptsAsked {
  source: string;
  cursor: ReceiptCursor;
  limit: number;
}

/** Reads what became of what was sent to a source. @throws Refusal 429 */
export type ReadReceipts = (tenant: string, asked: ReceiptsAsked) => Promise<ReceiptPage>;

const [MOST, USUAL] = [500, 100];

/** @throws Refusal 400 or 405. @returns undefined for any other path. */
const askedBy = (request: Pick<IncomingMessage, 'method' | 'url'>): ReceiptsAsked | undefined => {
  const { pathname, searchParams } = urlOf(request);
  const [, source] = /^\/v1\/receipts\/([^/]+)$/.exec(pathname) ?? [];
  if (source === undefined || !isSource(source)) return undefined;
  if (request.method !== 'GET') throw new Refusal(405, 'GET_ONLY', 'Use GET.');
  const cursor = readCursor(searchParams.get('after') ?? '');
  if (!cursor) throw new Refusal(400, 'BAD_CURSOR', 'after= is the cursor of an earlier answer, as it was.');
  const limit = Number(searchParams.get('limit') ?? USUAL);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new Refusal(400, 'BAD_LIMIT', `limit= is a whole number from 1 to ${MOST}.`);
  return { source, cursor, limit };
};

/**
 * The answer to `GET /v1/receipts/<source>?after=<cursor>&limit=<count>`; undefined for any other path.
 * @throws Refusal
 */
export const receiptsAnswer = async (
  ports: Pick<IntakePorts, 'verify' | 'paced' | 'sourcesOf' | 'log'>,
  readReceipts: ReadReceipts,
  request: IncomingMessage,
): Promise<DoorAnswer | undefined> => {
  const asked = askedBy(request);
  if (!asked) return undefined;
  const permit = await permitOf(ports, tokenIn(request.headers.authorization));
  const { tenant } = permit;
  permittedSource(permit, { isHec: false, source: asked.source }, ports.sourcesOf(tenant));
  const body = await readReceipts(tenant, asked).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    ports.log.warn({ err: error, tenant, source: asked.source }, 'receipts could not be read');
    throw new Refusal(503, 'UNAVAILABLE', 'The receipts could not be read; ask again.');
  });
  return { status: 200, body };
};
