/** Bodies that are tables: separated values, when Content-Type says so, and logs of Zeek's and flows of AWS, which say so themselves. */
import { namedTable, SeparatedValues, type TableReader, type TableRow } from '#libs/files';
import { writeLine } from '../envelope/line.js';
import { isValueStart } from '../sources/json-scan.js';
import { counted, notThis, type TakenBody } from './body-format.js';
import { lostLine } from './lost-lines.js';
import { Refusal } from './refusal.js';

const SEPARATED = /^\s*text\/(?:csv|tab-separated-values)\s*(?:;|$)/i;

const parameterOf = (contentType: string, name: string): string | undefined =>
  new RegExp(`;\\s*${name}="?([\\w:.-]{1,40})"?`, 'i').exec(contentType)?.[1]?.toLowerCase();

const asUtf8 = (body: Buffer, charset: string): Buffer => {
  if (/^(?:utf-?8|us-ascii)$/.test(charset)) return body;
  try {
    return Buffer.from(new TextDecoder(charset).decode(body));
  } catch {
    throw new Refusal(415, 'WRONG_ENCODING', `The character set ${charset} is not known; send UTF-8.`);
  }
};

const separated = (body: Buffer, contentType: string): { reader: TableReader; text: Buffer } => {
  if (parameterOf(contentType, 'header') === 'absent')
    throw new Refusal(400, 'NO_HEADER', 'The first row of separated values must name their columns.');
  if (isValueStart(body[0]))
    throw new Refusal(
      415,
      'NOT_CSV',
      'Content-Type says separated values, and the body is JSON: say application/json.',
    );
  return { reader: new SeparatedValues(), text: asUtf8(body, parameterOf(contentType, 'charset') ?? 'utf-8') };
};

const lineOf = (row: TableRow): Buffer =>
  'json' in row ? writeLine({ by: 'table', event: row.json }) : lostLine('table', row.bytes, row.problem);

/**
 * The rows of a body as events, those that cannot be read as dead letters; undefined for a body that is no table.
 * @throws Refusal when no row of it can be read.
 */
export const tableBody = (body: Buffer, contentType: string): TakenBody | undefined => {
  const named = namedTable(body);
  if (!SEPARATED.test(contentType) && !named) return undefined;
  const { reader, text } = named ? { reader: named, text: body } : separated(body, contentType);
  const rows = reader.take(text, true);
  const problems = rows.flatMap((row) => ('problem' in row ? [row.problem] : []));
  const [first] = problems;
  if (!first) return { events: counted(rows.map((row) => ('json' in row ? row.json : row.bytes))) };
  if (problems.length === rows.length) throw notThis(`a table that can be read: ${first.sentence}`);
  return {
    events: counted(rows.map(lineOf)),
    enveloped: true,
    rejected: { count: problems.length, sentence: first.sentence },
  };
};
