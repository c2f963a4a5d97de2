import { kindOfFlag } from '#libs/terms';
import type { PreviewedPiece } from '../../../services/collection/src/preview/index.js';

/** What the service would make of a file: how many events, of which classes, with which flags, and what is lost. */
export interface FileValidation {
  events: number;
  dead: number;
  entities: number;
  classes: Record<string, number>;
  flags: Record<string, number>;
  losses: { code: string; sentence: string; count: number; first: string }[];
}

const LONGEST_SHOWN = 200;

/** The most frequent first. */
const counted = (names: readonly string[]): Record<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
};

export const validationOf = (pieces: readonly PreviewedPiece[]): FileValidation => {
  const events = pieces.flatMap((piece) => ('event' in piece ? [piece.event] : []));
  const letters = pieces.flatMap((piece) => ('dead' in piece ? [piece.dead] : []));
  const losses = new Map<string, FileValidation['losses'][number]>();
  for (const { code, sentence, bytes } of letters) {
    const first = bytes.toString('utf8', 0, LONGEST_SHOWN).replaceAll(/[\p{Cc}\s]+/gu, ' ');
    const known = losses.get(code) ?? { code, sentence, count: 0, first: first.trim() };
    losses.set(code, { ...known, count: known.count + 1 });
  }
  return {
    events: events.length,
    dead: letters.length,
    entities: new Set(events.map(({ entity }) => entity)).size,
    classes: counted(events.map(({ ocsf }) => `class ${ocsf.classUid}`)),
    flags: counted(events.flatMap(({ flags }) => flags.map(kindOfFlag))),
    losses: [...losses.values()].sort((a, b) => b.count - a.count),
  };
};

const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} × ${name}`)
    .join(', ') || 'none';

/** The same for people. */
export const validationText = ({ events, dead, classes, flags, entities, losses }: FileValidation): string =>
  [
    `${events} events of ${entities} entities, ${dead} dead letters`,
    `classes   ${listed(classes)}`,
    `flags     ${listed(flags)}`,
    ...losses.map(({ code, sentence, count, first }) => `  ${count} × ${code}: ${sentence}\n      such as ${first}`),
  ].join('\n');
