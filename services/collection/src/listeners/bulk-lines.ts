/** The body of Elasticsearch's `_bulk`: a line that says what to do, and a line of a document, in turns. */
import { isObject } from '../sources/json-values.js';
import { valueOf } from '../sources/json-events.js';
import { MOST_EVENTS, tooMany } from './body-format.js';
import { Refusal } from './refusal.js';

const ACTIONS = ['index', 'create', 'update', 'delete'] as const;
type BulkAction = (typeof ACTIONS)[number];

export interface BulkItem {
  action: BulkAction;
  /** As the item, else the path, says. */
  index: string | undefined;
  id: string | undefined;
  /** A slice of the body; none of `delete`. */
  document: Buffer | undefined;
}

const NEWLINE = 0x0a;
/** Of a line that says what to do: an index, an id, and what else clients say of a document. */
const MOST_ACTION_BYTES = 64 * 1024;

/** Lines with something on them, each with its number, from 1. */
function* linesIn(body: Buffer): Generator<[line: Buffer, number: number]> {
  for (let [from, number] = [0, 1]; from < body.length; number += 1) {
    const next = body.indexOf(NEWLINE, from);
    const end = next === -1 ? body.length : next;
    const line = body.subarray(from, body[end - 1] === 0x0d ? end - 1 : end);
    if (line.some((byte) => byte > 0x20)) yield [line, number];
    from = end + 1;
  }
}

/** As Elasticsearch has them, in bytes: what the path names is told again of each item. */
const MOST_NAME = { index: 255, id: 512 };

const tooLong = (what: keyof typeof MOST_NAME, said: string | undefined): boolean =>
  said !== undefined && Buffer.byteLength(said) > MOST_NAME[what];

const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const itemOf = (line: Buffer, number: number, index: string | undefined): BulkItem => {
  const said = line.length > MOST_ACTION_BYTES ? undefined : valueOf(line);
  const action = isObject(said) ? ACTIONS.find((one) => Object.keys(said).join() === one) : undefined;
  const about = action && isObject(said) ? said[action] : undefined;
  if (!action || !isObject(about))
    throw new Refusal(
      400,
      'BAD_BODY',
      `Malformed action/metadata line [${number}]: it is {"create":{}}, {"index":{}}, {"update":{}} or {"delete":{}}, and a document stands on the line behind it. Nothing of this request was accepted.`,
    );
  const named = { index: textIn(about._index) ?? index, id: textIn(about._id) };
  for (const what of ['index', 'id'] as const)
    if (tooLong(what, named[what]))
      throw new Refusal(
        400,
        'BAD_BODY',
        `The ${what} of action/metadata line [${number}] is longer than ${MOST_NAME[what]} bytes. Nothing of this request was accepted.`,
      );
  return { action, ...named, document: undefined };
};

/** @param index that the path names. @throws Refusal 400 or 413; then nothing is taken. */
export const bulkItems = (body: Buffer, index?: string): BulkItem[] => {
  const items: BulkItem[] = [];
  let open: BulkItem | undefined;
  for (const [line, number] of linesIn(body)) {
    if (open) {
      open.document = line;
      open = undefined;
      continue;
    }
    if (items.length === MOST_EVENTS) throw tooMany(`${MOST_EVENTS} events`);
    const item = itemOf(line, number, index);
    items.push(item);
    if (item.action !== 'delete') open = item;
  }
  if (items.length === 0) throw new Refusal(400, 'EMPTY', 'The body holds no event.');
  if (open)
    throw new Refusal(400, 'BAD_BODY', 'The last action has no document. Nothing of this request was accepted.');
  return items;
};
