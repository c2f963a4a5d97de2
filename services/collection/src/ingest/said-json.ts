/** What is said around an event as JSON: as it came, or of objects that many events share, put together late. */
import { onceFor } from '#libs/model';
import type { NativeObject } from '../sources/source.js';
import type { NamesRoom } from './names-room.js';

/** JSON, or objects of which, of members of one name, the last counts. */
export type SaidOf = string | readonly NativeObject[];

const NOTHING = '{}';

const written = onceFor((said: NativeObject) => ({ json: JSON.stringify(said), names: Object.keys(said).length }));

const saying = (said: readonly NativeObject[]): readonly NativeObject[] =>
  said.filter((one) => written(one).json !== NOTHING);

export const saysNothing = (said: SaidOf): boolean =>
  typeof said === 'string' ? said === NOTHING : saying(said).length === 0;

/** Its length at most, before it is put together. */
export const lengthOf = (said: SaidOf): number =>
  typeof said === 'string' ? said.length : said.reduce((sum, one) => sum + written(one).json.length, 0);

/** Undefined where there are too many names. */
export const jsonOf = (said: SaidOf, room: NamesRoom): string | undefined => {
  if (typeof said === 'string') return said;
  const [first, ...others] = saying(said);
  if (!first || others.length === 0) return first ? written(first).json : NOTHING;
  const names = [first, ...others].reduce((sum, one) => sum + written(one).names, 0);
  return room.takes(names) ? JSON.stringify(Object.assign({}, first, ...others)) : undefined;
};
