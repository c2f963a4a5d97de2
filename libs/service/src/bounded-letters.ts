import { type DeadLetters, type InRecord, type LetterDetails, type LostRange, tenantOfRecord } from '#libs/events';
import { idOf } from '#libs/model';
import { MINUTE_MS } from '#libs/terms';
import type { Clock } from './definition.js';

/**
 * Letters of one tenant that a service writes in a minute, one by one; what is lost beyond is counted and told once.
 */
export const MOST_LETTERS = 1_000;
export const MOST_LETTER_BYTES = 32 * 1024 * 1024;
/** Partitions that one summary names. */
const MOST_RANGES = 200;
const NO_VALUE = Buffer.alloc(0);

/** A minute of one tenant. */
interface TenantMinute {
  endsAt: number;
  letters: number;
  bytes: number;
  /** By partition: what was counted and has no letter. */
  counted: Map<string, LostRange>;
  codes: Map<string, number>;
  first: InRecord | undefined;
}

export interface BoundedLetters {
  /**
   * As DeadLetters.set. Beyond the tenant's share of the minute, the first of each partition is still written, with the
   * sentence that those behind it are counted; the rest only counts. @returns whether it was written.
   */
  set(record: InRecord, code: string, sentence: string, about?: LetterDetails): Promise<boolean>;
  /** Tells what was counted in minutes that are over; everything with `all`, when the service ends. */
  tell(all?: boolean): Promise<void>;
}

const placeOf = ({ topic, partition }: InRecord): string => `${topic}/${partition}`;

const ranged = (known: LostRange | undefined, more: LostRange): LostRange => {
  if (!known) return more;
  const from = BigInt(more.from) < BigInt(known.from) ? more.from : known.from;
  const to = BigInt(more.to) > BigInt(known.to) ? more.to : known.to;
  return { ...more, from, to, count: known.count + more.count };
};

/** What is lost with a record: itself, unless it stands for others. */
const lostWith = (
  { topic, partition, offset }: InRecord,
  { count = 1, ranges: [one] = [] }: LetterDetails,
): LostRange => one ?? { topic, partition, from: offset, to: offset, count };

const summaryOf = ({
  counted,
  codes,
  first,
}: TenantMinute): { record: InRecord; sentence: string; about: LetterDetails } | undefined => {
  const ranges = [...counted.values()].filter(({ count }) => count > 0);
  const count = ranges.reduce((sum, one) => sum + one.count, 0);
  if (!first || count === 0) return undefined;
  const said = [...codes]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 20)
    .map(([code, times]) => `${times} × ${code}`)
    .join(', ');
  return {
    record: { ...first, value: NO_VALUE, headers: {} },
    sentence: `${count} more were lost in a minute with too many dead letters (${said}). They lie between the first and the last offset named here, of ${ranges.length} partitions.`,
    about: {
      id: idOf('summary', first.topic, first.partition, first.offset, first.timestamp, count),
      count,
      ranges: ranges.slice(0, MOST_RANGES),
    },
  };
};

/** The minutes of all tenants: those that run, and those that are over and not told yet. */
const openMinutes = (clock: Clock) => {
  const running = new Map<string, TenantMinute>();
  const untold = new Set<TenantMinute>();
  const close = (tenant: string): void => {
    const minute = running.get(tenant);
    running.delete(tenant);
    if (minute) untold.add(minute);
  };
  return {
    untold,
    of: (tenant: string): TenantMinute => {
      const known = running.get(tenant);
      if (known && clock.now() < known.endsAt) return known;
      close(tenant);
      const made = {
        endsAt: clock.now() + MINUTE_MS,
        letters: 0,
        bytes: 0,
        counted: new Map<string, LostRange>(),
        codes: new Map<string, number>(),
        first: undefined,
      };
      running.set(tenant, made);
      return made;
    },
    closeOver: (all: boolean): void => {
      for (const [tenant, { endsAt }] of running) if (all || clock.now() >= endsAt) close(tenant);
    },
  };
};

/** Counts a loss that gets no letter of its own. @returns false when its partition is not counted yet. */
const counted = (minute: TenantMinute, record: InRecord, code: string, about: LetterDetails): boolean => {
  const place = placeOf(record);
  const known = minute.counted.get(place);
  if (!known) return false;
  const lost = lostWith(record, about);
  minute.counted.set(place, ranged(known.count ? known : undefined, lost));
  minute.codes.set(code, (minute.codes.get(code) ?? 0) + lost.count);
  minute.first ??= record;
  return true;
};

const beginCounting = ({ counted: ranges }: TenantMinute, record: InRecord): void => {
  const { topic, partition, offset } = record;
  ranges.set(placeOf(record), { topic, partition, from: offset, to: offset, count: 0 });
};

/** Bounds the letters of each tenant: a flood of one is a few letters, and every loss is in one of them. */
export const boundedLetters = (
  letters: DeadLetters,
  clock: Clock,
  most = { letters: MOST_LETTERS, bytes: MOST_LETTER_BYTES },
): BoundedLetters => {
  const minutes = openMinutes(clock);
  return {
    set: async (record, code, sentence, about = {}) => {
      const minute = minutes.of(tenantOfRecord(record));
      const fits = minute.letters < most.letters && minute.bytes + record.value.length <= most.bytes;
      if (!fits && counted(minute, record, code, about)) return false;
      minute.letters += 1;
      minute.bytes += record.value.length;
      if (!fits) beginCounting(minute, record);
      const last =
        ' From here on, for up to a minute, what is lost of this partition is counted and told in one letter.';
      await letters.set(record, code, fits ? sentence : `${sentence}${last}`, about);
      return true;
    },
    tell: async (all = false) => {
      minutes.closeOver(all);
      for (const minute of minutes.untold) {
        const summary = summaryOf(minute);
        if (summary) await letters.set(summary.record, 'TOO_MANY_LETTERS', summary.sentence, summary.about);
        minutes.untold.delete(minute);
      }
    },
  };
};
