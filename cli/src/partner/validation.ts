import { kindOfFlag, NOTHING_KNOWN } from '#libs/terms';
import type { PreviewedLetter, PreviewedPiece } from '../../../services/collection/src/preview/index.js';

/** What the service would make of a file: how many events, of which classes, with which flags, and what is lost. */
export interface FileValidation {
  events: number;
  dead: number;
  /** Of the events, those that say nothing their source knows. */
  unrecognised: number;
  entities: number;
  classes: Record<string, number>;
  flags: Record<string, number>;
  losses: { code: string; sentence: string; count: number; first: string }[];
}

const LONGEST_SHOWN = 200;

const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
const frequentFirst = (counts: Map<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));

/** Counts pieces one by one: a file has any number of them. */
export class Validation {
  private readonly entities = new Set<string>();
  private readonly classes = new Map<string, number>();
  private readonly flags = new Map<string, number>();
  private readonly losses = new Map<string, FileValidation['losses'][number]>();
  private events = 0;
  private dead = 0;
  private unrecognised = 0;

  add(piece: PreviewedPiece): void {
    if ('dead' in piece) return this.lose(piece.dead);
    const { entity, ocsf, flags } = piece.event;
    this.events += 1;
    if (flags.includes(NOTHING_KNOWN)) this.unrecognised += 1;
    this.entities.add(entity);
    count(this.classes, `class ${ocsf.classUid}`);
    for (const flag of flags) count(this.flags, kindOfFlag(flag));
  }

  private lose({ code, sentence, bytes }: PreviewedLetter): void {
    this.dead += 1;
    const first = bytes.toString('utf8', 0, LONGEST_SHOWN).replaceAll(/[\p{Cc}\s]+/gu, ' ');
    const known = this.losses.get(code) ?? { code, sentence, count: 0, first: first.trim() };
    this.losses.set(code, { ...known, count: known.count + 1 });
  }

  get found(): FileValidation {
    return {
      events: this.events,
      dead: this.dead,
      unrecognised: this.unrecognised,
      entities: this.entities.size,
      classes: frequentFirst(this.classes),
      flags: frequentFirst(this.flags),
      losses: [...this.losses.values()].sort((a, b) => b.count - a.count),
    };
  }
}

const listed = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} × ${name}`)
    .join(', ') || 'none';

/** The same for people. */
export const validationText = ({
  events,
  dead,
  unrecognised,
  classes,
  flags,
  entities,
  losses,
}: FileValidation): string =>
  [
    `${events} events of ${entities} entities${unrecognised > 0 ? ` (${unrecognised} say nothing their source knows)` : ''}, ${dead} dead letters`,
    `classes   ${listed(classes)}`,
    `flags     ${listed(flags)}`,
    ...losses.map(({ code, sentence, count, first }) => `  ${count} × ${code}: ${sentence}\n      such as ${first}`),
  ].join('\n');
