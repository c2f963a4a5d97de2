/**
 * Fields that an event does not hold under any name, made of what it holds: a command line of a list of arguments,
 * audit records of a line of text, a path and a query of an address. Pure functions of one event; a mapping names the
 * one it wants (`derives`).
 */
import type { JsonObject, SourceMapping } from '../types.js';
import { linux } from './linux.js';
import { m365 } from './m365.js';
import { macos } from './macos.js';
import type { Derived } from './reading.js';
import { web } from './web.js';

export type { Derived } from './reading.js';
export const DERIVATIONS: Readonly<Record<NonNullable<SourceMapping['derives']>, (event: JsonObject) => Derived>> = {
  linux,
  m365,
  macos,
  web,
};
