import type { SourceKind } from '#contracts';
import { NOTHING_KNOWN } from '#libs/terms';
import { preview } from '../../../services/collection/src/preview/index.js';
import { sources } from '../../../services/collection/src/sources/index.js';
import { guessSource } from '../files/source-guess.js';

/** A kind as people write it: aws-cloudtrail. */
const kindText = (kind: string): string => kind.toLowerCase().replaceAll('_', '-');

/** How many events of a sample a kind of source knows, and what they are. */
const knownBy = async (kind: SourceKind, sample: Buffer): Promise<number> => {
  const made = await preview({ via: 'kafka', bytes: sample, headers: {} }, { kind, receivedAt: Date.now() });
  if ('refused' in made) return 0;
  return made.pieces.filter(
    (piece) => 'event' in piece && piece.event.ocsf.classUid !== 0 && !piece.event.flags.includes(NOTHING_KNOWN),
  ).length;
};

/**
 * The kind of source that knows most events of a sample: an ingest message of 1 MiB at most. Where several know as many
 * it is the one whose members the first line has; undefined where that is none of them, or nobody knows any.
 */
export const fittingKind = async (sample: Buffer): Promise<SourceKind | undefined> => {
  const known: { kind: SourceKind; count: number }[] = [];
  for (const { kind } of sources) known.push({ kind, count: await knownBy(kind, sample) });
  const most = Math.max(...known.map(({ count }) => count));
  const best = known.filter(({ count }) => most > 0 && count === most).map(({ kind }) => kind);
  const guess = guessSource(sample.toString('utf8', 0, 65_536).split('\n', 1)[0] ?? '');
  return best.length === 1 ? best[0] : best.find((kind) => kindText(kind) === guess);
};

/** What is said when of a source nothing is known. @param fit the kind that knows its events. */
export const wrongKindText = (events: number, kind: string, fit: SourceKind | undefined): string =>
  `all ${events} events say nothing that a source of kind ${kindText(kind)} knows: is its kind wrong? ${
    fit
      ? `They read as ${kindText(fit)}; a source keeps its kind, so add another with --kind ${kindText(fit)}`
      : 'vigie normalize --source KIND tells what a kind makes of them'
  }`;
