/**
 * Fields that an event does not hold under any name, made of what it holds: a command line of a list of arguments,
 * audit records of a line of text, a path and a query of an address. Pure functions of one event; a mapping names the
 * one it wants (`derives`).
 */
import type { JsonObject } from '../json.js';
import { dns } from './dns/derivations.js';
import { linux } from './linux/derivations.js';
import { m365 } from './m365/derivations.js';
import { macos } from './macos/derivations.js';
import type { Derived } from './shared/derived.js';
import { web } from './shared/requests.js';
import { windows } from './windows/derivations.js';

export type { Derived } from './shared/derived.js';
export const DERIVATIONS = {
  dns,
  linux,
  m365,
  macos,
  web,
  windows,
} satisfies Record<string, (event: JsonObject) => Derived>;
