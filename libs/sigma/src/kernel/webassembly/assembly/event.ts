/**
 * What holds while one event is at hand: its number (stamps carry it, so nothing is cleared), and where its folded
 * texts end.
 */
import { ARENA, ARENA_SIZE, LAST_GENERATION, PADDING, TEXTS, TEXTS_COUNT } from '../layout';

let generation: i32 = 0;
let top: usize = <usize>ARENA;
let texts: i32 = 0;
let hasWide: bool = false;

@inline
export function now(): i32 {
  return generation;
}

/** The next event; false when numbers are used up, so that every stamp must be cleared first. */
export function next(): bool {
  if (generation >= LAST_GENERATION) return false;
  generation++;
  top = <usize>ARENA;
  texts = 0;
  return true;
}

export function setGeneration(value: i32): void {
  generation = value;
}

export function arenaTop(): usize {
  return top;
}

export function textCount(): i32 {
  return texts;
}

export function clearWide(): void {
  hasWide = false;
}

export function isWide(): bool {
  return hasWide;
}

/** Whether a text of so many bytes fits in; there is room behind it for a whole vector. */
@inline
export function hasRoom(length: i32): bool {
  return texts < TEXTS_COUNT && top + <usize>length + <usize>PADDING <= <usize>ARENA + <usize>ARENA_SIZE;
}

/** Ends the text that begins at the arena's top. */
export function addText(end: usize, wide: bool): void {
  const at: usize = <usize>TEXTS + (<usize>texts << 3);
  store<u32>(at, <u32>top);
  store<u32>(at, <u32>end, 4);
  texts++;
  top = end;
  if (wide) hasWide = true;
}
