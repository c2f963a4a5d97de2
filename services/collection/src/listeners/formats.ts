import { whyUnreadable } from '../ingest/unreadable-bytes.js';
import { piecesIn } from '../sources/pieces.js';
import type { MessageForm } from '../sources/source.js';
import { counted, MOST_EVENTS, type BodyFormat } from './body-format.js';
import { Refusal } from './refusal.js';
import { tableBody } from './table-body.js';

/** Which kind of source it is for is the normaliser's business: lines go on as they are, also those that are no JSON. */
const ANY_SOURCE: MessageForm = { text: true, xml: true, isRaw: true };

/** JSON values in any sequence, lines of text, or a table; Refusal 415 for what is no text. */
export const ndjson: BodyFormat = {
  by: 'table',
  read: (body, { contentType }) => {
    const unreadable = whyUnreadable(body);
    if (unreadable) throw new Refusal(415, unreadable.code, unreadable.sentence);
    const table = tableBody(body, contentType);
    if (table) return table;
    return { events: counted(piecesIn(body, ANY_SOURCE, MOST_EVENTS + 1).map(({ bytes }) => bytes)) };
  },
  taken: ({ accepted, bytes, rejected }) => ({
    status: 202,
    body: rejected ? { accepted: accepted - rejected.count, rejected, bytes } : { accepted, bytes },
  }),
  refused: ({ status, code, message }) => ({ status, body: { error: { code, message } } }),
};
