import { isZeekLog, tableReader } from '#libs/files';
import type { MessageForm, MessagePiece } from './source.js';

const [OPEN_OBJECT, OPEN_ARRAY, LESS, HASH] = [0x7b, 0x5b, 0x3c, 0x23];

/**
 * The rows of a message that is a table with its header, for sources that take no text: to them it would be a dead
 * letter line by line. Zeek's logs, which say what they are, are read for all. Undefined for any other message.
 */
export const tablePieces = (message: Buffer, { text, isRaw }: MessageForm): MessagePiece[] | undefined => {
  const [first] = message;
  if (
    isRaw ||
    (text && !(first === HASH && isZeekLog(message))) ||
    first === OPEN_OBJECT ||
    first === OPEN_ARRAY ||
    first === LESS
  )
    return undefined;
  return tableReader(message)
    ?.take(message, true)
    .map((row) => ('json' in row ? { bytes: row.json, json: row.json } : { bytes: row.bytes, problem: row.problem }));
};
