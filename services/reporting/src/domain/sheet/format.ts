import type { Language, Severity } from '#contracts';
import { HOUR_MS } from '#libs/terms';
import type { FigureSpread, FigureUnit } from '../metrics/index.js';
import type { BoundedList, Figure, ReportData } from '../report/data.js';
import { textsOf, type ReportTexts } from '../texts/index.js';
import type { ReportCount } from '../texts/count.js';
import type { NamedClass } from '../texts/report-texts.js';
import { note, type SheetBlock, type SheetTone } from './blocks.js';

/** Everything a section needs to speak the tenant's language. */
export interface ReportFormatter {
  data: ReportData;
  texts: ReportTexts;
  number(value: number, digits?: number): string;
  counted(value: number): ReportCount;
  share(value: number): string;
  duration(ms: number): string;
  bytes(value: number): string;
  dateTime(at: number): string;
  dayLabel(isoDate: string): string;
  range(from: number, to: number): string;
  /** Without the year: a column's head. */
  shortRange(from: number, to: number): string;
  value(value: number, unit: FigureUnit): string;
  figure(id: Figure['id']): Figure;
  /** A figure's value, or its median, or the words for no data. */
  shown(id: Figure['id']): string;
  actionName(actionClass: string): string;
  /** A technique as ATT&CK numbers and calls it; its number alone where nobody named it. */
  techniqueName(id: string): string;
  /** A rule's title; for who reads no English the name of its technique, if it has one, with the title in brackets. */
  ruleName(title: string, technique: string | null): string;
  list(items: string[]): string;
  /** Sentences as one paragraph. */
  prose(sentences: string[]): string;
  /** Says how many members of a list are not told; nothing when all are. */
  omitted(of: BoundedList): SheetBlock[];
}

const NARROW = '\u00a0';
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

const bytesIn =
  (locale: string) =>
  (value: number): string => {
    const step = value > 0 ? Math.min(SIZES.length - 1, Math.floor(Math.log10(value) / 3)) : 0;
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: SIZES[step],
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    }).format(value / 1_000 ** step);
  };

/** The two largest units: 2 h 5 min. */
const durationIn =
  ({ duration: words }: ReportTexts, number: ReportFormatter['number']) =>
  (ms: number): string => {
    if (ms === 0) return `0${NARROW}${words.minute}`;
    if (ms < 1_000) return `${number(Math.round(ms))}${NARROW}${words.ms}`;
    const seconds = Math.round(ms / 1_000);
    const parts: [number, string][] = [
      [Math.floor(seconds / 86_400), words.day],
      [Math.floor(seconds / 3_600) % 24, words.hour],
      [Math.floor(seconds / 60) % 60, words.minute],
      [seconds % 60, words.second],
    ];
    const first = parts.findIndex(([count]) => count > 0);
    return parts
      .slice(first, first + 2)
      .filter(([count]) => count > 0)
      .map(([count, word]) => `${number(count)}${NARROW}${word}`)
      .join(NARROW);
  };

const datesIn = (
  locale: string,
  timeZone: string,
): Pick<ReportFormatter, 'dateTime' | 'dayLabel' | 'range' | 'shortRange'> => {
  const dateTime = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric' });
  const short = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'numeric' });
  const dates = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
  return {
    dateTime: (at) => dateTime.format(at),
    dayLabel: (isoDate) => day.format(Date.parse(`${isoDate}T12:00:00Z`)),
    shortRange: (from, to) => `${short.format(from)}–${short.format(Math.max(from, to - 1))}`,
    // Node's Japanese ranges fall back to slashes.
    range: (from, to) =>
      locale === 'ja-JP'
        ? `${dates.format(from)}～${dates.format(Math.max(from, to - 1))}`
        : dates.formatRange(from, Math.max(from, to - 1)),
  };
};

const namesIn = (
  { techniques }: ReportTexts,
  language: Language,
): Pick<ReportFormatter, 'techniqueName' | 'ruleName'> => {
  const nameOf = (technique: string): string | undefined => techniques[technique.toUpperCase().split('.')[0] ?? ''];
  return {
    techniqueName: (id) => {
      const name = nameOf(id);
      return name ? `${name} (${id})` : id;
    },
    ruleName: (title, technique) => {
      const name = language === 'EN' || technique === null ? undefined : nameOf(technique);
      return name ? `${name} (${title})` : title;
    },
  };
};

const isSpread = (value: Figure['value']): value is FigureSpread => typeof value === 'object' && value !== null;

export const formatterOf = (data: ReportData): ReportFormatter => {
  const texts = textsOf(data.language);
  const { locale } = texts;
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  const share = (value: number): string =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  const duration = durationIn(texts, number);
  const bytes = bytesIn(locale);
  const value = (amount: number, unit: FigureUnit): string => {
    if (unit === 'ms') return duration(amount);
    if (unit === 'minutes') return duration(amount * 60_000);
    if (unit === 'share') return share(amount);
    if (unit === 'bytes') return bytes(amount);
    if (unit === 'hours') return duration(amount * HOUR_MS);
    return number(amount, 1);
  };
  const figure = (id: Figure['id']): Figure => {
    const found = data.figures.find((one) => one.id === id);
    if (!found) throw new TypeError(`no figure ${id}`);
    return found;
  };
  const shown = (id: Figure['id']): string => {
    const { value: amount, unit } = figure(id);
    if (amount === null) return texts.labels.noData;
    return value(isSpread(amount) ? amount.median : amount, unit);
  };
  return {
    data,
    texts,
    number,
    counted: (amount) => ({ count: amount, text: number(amount) }),
    share,
    duration,
    bytes,
    value,
    figure,
    shown,
    ...datesIn(locale, data.timeZone),
    actionName: (actionClass) => texts.actionClasses[actionClass as NamedClass] ?? actionClass,
    ...namesIn(texts, data.language),
    list: (items) => items.join(texts.comma),
    prose: (sentences) => sentences.join(data.language === 'JA' ? '' : ' '),
    omitted: (of) => (data.omitted[of] ? [note(texts.sentences.omitted(data.omitted[of]))] : []),
  };
};

export const spreadOfFigure = ({ value }: Figure): FigureSpread | null => (isSpread(value) ? value : null);

const severityTones: Record<Severity, SheetTone> = {
  UNKNOWN: 'mute',
  INFORMATIONAL: 'mute',
  LOW: 'plain',
  MEDIUM: 'warn',
  HIGH: 'bad',
  CRITICAL: 'bad',
  FATAL: 'bad',
};
export const toneOfSeverity = (severity: Severity): SheetTone => severityTones[severity];
