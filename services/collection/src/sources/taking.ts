import { valueOf } from './json-events.js';
import { piecesIn } from './pieces.js';
import { wrapped } from './text-lines.js';
import type { MessageForm, MessagePiece, Source } from './source.js';

/** What a source keeps of a piece: the vendor's own JSON, or text as `{ "message": text }`. */
const nativeOf = (piece: MessagePiece, form: MessageForm): Buffer => {
  const { json, fields } = piece;
  return json && (!form.text || valueOf(json) !== undefined)
    ? json
    : Buffer.from(JSON.stringify(wrapped((piece.text ?? piece.bytes).toString('utf8'), fields)));
};

/** How a source takes messages of this form. */
export const taking = (form: MessageForm): Pick<Source, 'form' | 'split'> => ({
  form,
  split: (message) => piecesIn(message, form).map((piece) => nativeOf(piece, form)),
});

/** JSON alone: what is none is a dead letter. */
export const jsonAlone = taking({});
/** Lines of text beside JSON. */
export const textToo = taking({ text: true });
/** Lines of text beside JSON, also in W3C's extended log format. */
export const w3cToo = taking({ text: true, w3c: true });
/** JSON, and events of Windows as XML. */
export const xmlToo = taking({ xml: true });
