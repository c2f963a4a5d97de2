/** Two times of one event that disagree: names of the fields, and by how much what counts is ahead of the other. */
export interface TimesDisagreement {
  counted: string;
  other: string;
  /** Negative: behind. */
  aheadSeconds: number;
}

const FLAG = 'times-disagree';

/** As it is kept among an event's flags. */
export const disagreementFlag = ({ counted, other, aheadSeconds }: TimesDisagreement): string =>
  `${FLAG}:${counted}:${other}:${aheadSeconds}`;

/** @returns what the flags of an event say of its times; undefined when they agree. */
export const disagreementIn = (flags: readonly string[]): TimesDisagreement | undefined => {
  const [, counted, other, seconds] = flags.find((one) => one.startsWith(`${FLAG}:`))?.split(':') ?? [];
  const aheadSeconds = Number(seconds);
  return counted && other && Number.isFinite(aheadSeconds) ? { counted, other, aheadSeconds } : undefined;
};
