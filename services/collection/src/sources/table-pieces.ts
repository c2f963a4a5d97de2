import { namedTable, tableReader } from '#libs/files';
import type { MessageForm, MessagePiece } from './source.js';

const [OPEN_OBJECT, OPEN_ARRAY, LESS] = [0x7b, 0x5b, 0x3c];

/**
 * The rows of a message that is a table with its header: one whose header nothing else has, and any other for sources
 * that take no text: to them it would be a dead letter line by line. Undefined for any other message.
 */
export const tablePieces = (message: Buffer, { text, isRaw }: MessageForm): MessagePiece[] | undefined => {
  const [first] = message;
  if (isRaw || first === OPEN_OBJECT || first === OPEN_ARRAY || first === LESS) return undefined;
  return (text ? namedTable(message) : tableReader(message))
    ?.take(message, true)
    .map((row) => ('json' in row ? { bytes: row.json, json: row.json } : { bytes: row.bytes, problem: row.problem }));
};
