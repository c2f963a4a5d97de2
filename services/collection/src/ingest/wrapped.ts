/** Pieces that a service passed on, and what it says around them (`unwrap/`). */
import { ENVELOPE_TRUNCATED, TIME_OBSERVED } from '../envelope/line.js';
import type { MessagePiece, Source } from '../sources/source.js';
import { around as layered } from './layers.js';
import { readPiece, type PieceProblem, type ReadPiece } from './piece.js';

/** As `readPiece`, also of a piece in a wrapper. */
export const readWrapped = (
  piece: MessagePiece,
  source: Pick<Source, 'form' | 'kind'>,
  receivedAt: number,
): ReadPiece | PieceProblem => {
  if (!piece.wrapped || piece.problem) return readPiece(piece, source, receivedAt);
  const { around, piece: inner } = piece.wrapped;
  const read = readWrapped(inner, source, receivedAt);
  if ('code' in read) return read;
  const { json: said, isObserved, ...rest } = around;
  return {
    ...read,
    envelope: layered({ ...rest, said, flags: isObserved ? [TIME_OBSERVED] : [] }, read.envelope, source.kind),
    flags: said === undefined ? [...read.flags, ENVELOPE_TRUNCATED] : read.flags,
  };
};
