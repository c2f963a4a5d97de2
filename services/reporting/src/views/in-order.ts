import type { Heard, Typed } from '#libs/model';
import type { StreamPosition } from '../domain/journals/index.js';

/** Place of a fact in its stream; a fact outside a stream is always new. */
export const placeOf = ({ envelope: { sequence } }: Heard): StreamPosition => [
  sequence?.version ?? 0,
  sequence?.index ?? 0,
];

const isKnown = ([version, index]: StreamPosition, [lastVersion, lastIndex]: StreamPosition): boolean =>
  version > 0 && (version < lastVersion || (version === lastVersion && index <= lastIndex));

/**
 * Makes the folding of one stream's facts deaf to what it has heard before.
 * @param fold told the document and the fact only when the fact is new; its result is marked with the fact's place.
 */
export const inOrder =
  <Doc extends { applied: StreamPosition }, Fact extends Typed>(
    fold: (doc: Doc | undefined, heard: Heard<Fact>, key: string) => Doc | undefined,
  ) =>
  (doc: Doc | undefined, heard: Heard<Fact>, key: string): Doc | undefined => {
    const place = placeOf(heard);
    if (doc && isKnown(place, doc.applied)) return doc;
    const next = fold(doc, heard, key);
    return next && { ...next, applied: place };
  };
