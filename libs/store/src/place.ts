const COMMIT_SPAN = 2 ** 20;

/** Order of facts within a stream as one number. */
export const positionOf = ({ version, index }: { version: number; index: number }): number =>
  version * COMMIT_SPAN + index;

/** Position of the fact behind it. */
export const positionAfter = ({ version, index, count }: { version: number; index: number; count: number }): number =>
  index + 1 < count ? positionOf({ version, index: index + 1 }) : positionOf({ version: version + 1, index: 0 });

export const versionOf = (position: number): number => Math.floor(position / COMMIT_SPAN);
