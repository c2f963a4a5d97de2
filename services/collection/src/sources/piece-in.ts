import type { MessagePiece, SaidAround } from './source.js';

/** A piece in what is said around it. @param written the piece as it came; asked for where it is kept, for it may be long. */
export const pieceIn = (piece: MessagePiece, around: SaidAround, written: () => Buffer): MessagePiece => {
  const { json, header, fields, problem } = piece;
  return {
    get bytes() {
      return written();
    },
    get text() {
      return piece.text ?? piece.bytes;
    },
    ...(json && { json }),
    ...(header && { header }),
    ...(fields !== undefined && { fields }),
    ...(problem && { problem }),
    around: [around, ...(piece.around ?? [])],
  };
};
