import { isUtf8 } from 'node:buffer';
import type { PreviewedPiece, RefusedBody } from '../../../services/collection/src/preview/index.js';
import { table } from '../terminal/print.js';

const MOST_CELL = 60;

/** JSON on one line as the vendor wrote it, digits too: outside of its texts JSON has no meaning in a line break. */
const onOneLine = (json: Buffer): string => json.toString('utf8').replaceAll(/[\r\n]+/g, ' ');

const bytesOf = (bytes: Buffer): { bytes: string; base64?: string } => ({
  bytes: bytes.toString('utf8'),
  ...(isUtf8(bytes) ? {} : { base64: bytes.toString('base64') }),
});

/**
 * `{ "event": { occurredAt, flags, entity, class, observables, native, envelope } }`: native is the vendor's own JSON,
 * envelope what was said around it, where something was; or `{ "dead": { code, sentence, bytes } }`, with `base64`
 * besides when the bytes are not UTF-8.
 */
export const pieceLine = (piece: PreviewedPiece): string => {
  if ('dead' in piece) {
    const { code, sentence, bytes } = piece.dead;
    return JSON.stringify({ dead: { code, sentence, ...bytesOf(bytes) } });
  }
  const { occurredAt, flags, entity, ocsf, observables, native, envelope } = piece.event;
  const said = { occurredAt: new Date(occurredAt).toISOString(), flags, entity, class: ocsf.classUid, observables };
  const around = envelope ? `,"envelope":${onOneLine(envelope)}` : '';
  return `{"event":${JSON.stringify(said).slice(0, -1)},"native":${onOneLine(native)}${around}}}`;
};

/** `{ "refused": { status, code, sentence } }`: nothing of the body was taken. */
export const refusedLine = (refused: RefusedBody): string => JSON.stringify({ refused });

const cut = (text: string): string => {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > MOST_CELL ? `${line.slice(0, MOST_CELL - 1)}…` : line;
};

const rowOf = (piece: PreviewedPiece): (string | number)[] => {
  if ('dead' in piece) return ['dead', piece.dead.code, cut(piece.dead.sentence), '', cut(String(piece.dead.bytes))];
  const { occurredAt, flags, entity, ocsf } = piece.event;
  return [new Date(occurredAt).toISOString(), flags.join(' '), cut(entity), String(ocsf.classUid), cut(ocsf.message)];
};

/** The same for people: what happened when, to whom, or why nothing is known. */
export const piecesTable = (pieces: readonly PreviewedPiece[]): string => {
  const dead = pieces.filter((piece) => 'dead' in piece).length;
  const sum = `${pieces.length - dead} events, ${dead} dead letters`;
  return pieces.length === 0
    ? sum
    : `${table(['when', 'flags', 'entity', 'class', 'what'], pieces.map(rowOf))}\n${sum}`;
};
