const ZONED = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const PLAIN = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)/;
const MOST_APART_MS = 2_000;

const clockOf = (form: RegExp, text: string): number | undefined => {
  const [, year, month, day, hours, minutes, seconds] = form.exec(text)?.map(Number) ?? [];
  return year === undefined
    ? undefined
    : Date.UTC(year, (month ?? 1) - 1, day ?? 1, hours ?? 0, minutes ?? 0, seconds ?? 0);
};

/** Whether a text is a time with a zone that reads on the clock as one without does: the same, told more exactly. */
export const isTimeInZone = (text: string, plain: string): boolean => {
  const [zoned, other] = [clockOf(ZONED, text), clockOf(PLAIN, plain)];
  return zoned !== undefined && other !== undefined && Math.abs(zoned - other) <= MOST_APART_MS;
};
