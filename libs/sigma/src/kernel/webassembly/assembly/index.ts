/**
 * The kernel in WebAssembly: an event's bytes in, the rules that match out, over one memory that JavaScript lays out
 * (..). Compiled into ../code.ts by build.mjs.
 */
import { GIVEN_UP, LINE, UNKNOWN, WORN } from '../layout';
import { next } from './event';
import { SCANNED, setLine } from './keywords';
import { findRoute } from './route';
import { runBinding } from './run';
import { containersMet, scan } from './scan';
import { beUsual } from './text';

export { addText, arenaTop, hasRoom, now, setGeneration } from './event';
export { candidatesAt } from './marks';
export { learn } from './route';
export { bindingAt, keepAccounts, rulesRunSoFar } from './run';
export { containersMet } from './scan';

let reading: usize = 0;
let variant: i32 = 0;

/** Matches the line of so many bytes: how many rules, or why not. */
export function match(from: usize, length: i32, as: i32): i32 {
  reading = from;
  variant = as;
  for (let i: usize = 0; i < 64; i += 16) v128.store(<usize>(LINE + length) + i, i8x16.splat(0));
  if (!next()) return WORN;
  if (!scan(from, length)) return GIVEN_UP;
  setLine(length, SCANNED);
  return resume();
}

/** Goes on when what was unknown has been told. */
export function resume(): i32 {
  const binding = findRoute(reading, variant, containersMet());
  return binding === 0 ? UNKNOWN : runBinding(binding);
}

/** Runs rules on an event whose fields are read outside; `telling`: what the line of so many bytes says of keywords. */
export function runOutside(binding: usize, length: i32, telling: i32): i32 {
  if (!next()) return WORN;
  beUsual();
  setLine(length, telling);
  return runBinding(binding);
}
