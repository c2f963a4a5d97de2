import { idOf } from '#libs/model';
import type { ReadPieces, RejectedPiece } from './message.js';
import type { IngestPlace } from './topic.js';
import { MOST_PIECES, rangesOf, rangesText, type PieceRange } from './piece-ranges.js';

/** Rejected pieces of one message that get a letter each; those behind them share one. */
export const MOST_REJECTED = 20;
/** A dead letter of a message: one piece, or several that share the message's own bytes. */
export interface LostPieces extends Pick<RejectedPiece, 'id' | 'bytes' | 'code' | 'sentence'> {
  index: number;
  /** How many pieces. */
  count: number;
  /** Which ones, when `bytes` are the whole message. */
  ranges?: PieceRange[];
}

const codesOf = (rejected: readonly RejectedPiece[]): string => {
  const counts = new Map<string, number>();
  for (const { code } of rejected) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${count} × ${code}`)
    .join(', ');
};

const onePiece = ({ index, id, bytes, code, sentence }: RejectedPiece): LostPieces => ({
  index,
  id,
  bytes,
  count: 1,
  code,
  sentence,
});

const several = (
  value: Buffer,
  { topic, partition, offset, timestamp }: IngestPlace,
  more: { code: string; sentence: string; count: number; ranges: PieceRange[] },
): LostPieces => ({
  ...more,
  bytes: value,
  index: more.ranges[0]?.[0] ?? 0,
  id: idOf(more.code, topic, partition, offset, timestamp, rangesText(more.ranges)),
});

/** The dead letters of a message: 22 at most, which stand for every piece that was lost. */
export const deadLettersOf = (
  { rejected, rest }: Pick<ReadPieces, 'rejected' | 'rest'>,
  value: Buffer,
  place: IngestPlace,
): LostPieces[] => {
  const letters = rejected.slice(0, MOST_REJECTED).map(onePiece);
  const more = rejected.slice(MOST_REJECTED);
  if (more.length > 0) {
    letters.push(
      several(value, place, {
        code: 'MORE_REJECTED',
        count: more.length,
        ranges: rangesOf(more.map(({ index }) => index).sort((a, b) => a - b)),
        sentence: `Of this message ${more.length} more pieces are no events (${codesOf(more)}). The message is kept whole; sent again, these pieces alone are read.`,
      }),
    );
  }
  if (rest) {
    letters.push(
      several(value, place, {
        code: 'TOO_MANY_EVENTS',
        count: rest.count,
        ranges: rest.ranges,
        sentence: `The message has ${rest.count} pieces more than the ${MOST_PIECES} that are read of one. It is kept whole; sent again, the next ${MOST_PIECES} are read.`,
      }),
    );
  }
  return letters;
};
