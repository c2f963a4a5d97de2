/** An object of a bundle, of which nothing but type and id is known to be what it should. */
export interface StixObject {
  [field: string]: unknown;
  type: string;
  id: string;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isStixObject = (value: unknown): value is StixObject =>
  isRecord(value) && typeof value.type === 'string' && typeof value.id === 'string';

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Epoch ms of a timestamp; one without a zone is UTC, wherever the service runs. undefined for days that are none. */
export const timeOf = (value: unknown): number | undefined => {
  const [text, year, month, day, zone] = (typeof value === 'string' && TIME.exec(value.trim())) || [];
  if (
    text === undefined ||
    new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day)
  )
    return undefined;
  const ms = Date.parse(text.length === DAY || zone !== undefined ? text : `${text}Z`);
  return Number.isNaN(ms) ? undefined : ms;
};

const DAY = '2026-01-01'.length;
