/**
 * What follows from the values of a source's selectors (which rules run, how names are found), remembered by their raw
 * bytes.
 */
import {
  ARRAY, COMPLEX, LIST, READING_SELECTIONS, READING_SELECTION_COUNT, ROUTES, ROUTES_MOST, ROUTES_SLOTS, ROUTE_KEY, ROUTE_KEYS, ROUTE_KEYS_SIZE, ROUTE_KEY_SIZE, SLOT_END, SLOT_FLAGS, SLOT_STAMP, SLOT_START,
} from '../layout';
import { now } from './event';

const FULL: i32 = -1;
let length: i32 = 0;
let hash: i32 = 0;
let known: i32 = 0;
let kept: usize = <usize>ROUTE_KEYS;

/** The binding of the event at hand; 0 when it must be told. */
export function findRoute(reading: usize, variant: i32, containers: i32): usize {
  length = FULL;
  const selection = selectionFor(reading, containers);
  if (selection === 0) return 0;
  length = writeKey(selection, reading, variant, containers);
  if (length === FULL) return 0;
  hash = hashOf(length);
  let slot = <u32>hash >>> 19;
  while (true) {
    const route: usize = <usize>ROUTES + (<usize>slot << 4);
    const binding = load<u32>(route, 12) as usize;
    if (binding === 0) return 0;
    if (load<i32>(route) === hash && load<i32>(route, 8) === length && memory.compare(load<u32>(route, 4), <usize>ROUTE_KEY, <usize>length) === 0) return binding;
    slot = (slot + 1) & (ROUTES_SLOTS - 1);
  }
}

/** The selectors' chains when just these containers are there; 0 when nobody told yet. */
function selectionFor(reading: usize, containers: i32): usize {
  const list = load<u32>(reading, READING_SELECTIONS) as usize;
  const end = list + (<usize>load<u32>(reading, READING_SELECTION_COUNT) << 3);
  for (let at = list; at < end; at += 8) if (load<i32>(at) === containers) return load<u32>(at, 4);
  return 0;
}

/**
 * Every value that may decide: where in its chain it stands, its kind, its length, its bytes. The last selector's chain
 * is followed by 0.
 */
function writeKey(selection: usize, reading: usize, variant: i32, containers: i32): i32 {
  let to: usize = <usize>ROUTE_KEY;
  store<u32>(to, <u32>reading);
  store<i32>(to, variant, 4);
  store<i32>(to, containers, 8);
  to += 12;
  for (let at = selection; ; at += 4) {
    const chain = load<u32>(at) as usize;
    if (chain === 0) break;
    const count = load<i32>(chain);
    for (let place = 1; place <= count; place++) {
      const link = load<u32>(chain + (<usize>place << 2));
      const slot = (link & ~3) as usize;
      if (load<i32>(slot, SLOT_STAMP) !== now()) continue;
      const flags = load<i32>(slot, SLOT_FLAGS);
      const means = link & 3;
      if (means !== 0 && (flags & (means === LIST ? ARRAY : COMPLEX)) === 0) continue;
      const start = load<u32>(slot, SLOT_START) as usize;
      const size = (load<u32>(slot, SLOT_END) as usize) - start;
      if (to + size + 32 > <usize>ROUTE_KEY + <usize>ROUTE_KEY_SIZE) return FULL;
      store<i32>(to, (place << 16) | flags);
      store<u32>(to, <u32>size, 4);
      memory.copy(to + 8, start, size);
      to += size + 8;
      if ((flags & COMPLEX) === 0) break;
    }
    if (to + 32 > <usize>ROUTE_KEY + <usize>ROUTE_KEY_SIZE) return FULL;
    store<i32>(to, -1);
    to += 4;
  }
  v128.store(to, i8x16.splat(0));
  return <i32>(to - <usize>ROUTE_KEY);
}

/** Of the key, which zeros follow. */
function hashOf(size: i32): i32 {
  let mixed: i64 = size;
  for (let i = 0; i < size; i += 8) {
    mixed = (mixed ^ load<i64>(<usize>ROUTE_KEY + <usize>i)) * 0x9e3779b97f4a7c15;
    mixed ^= mixed >>> 29;
  }
  return <i32>(mixed ^ (mixed >>> 32));
}

/**
 * Remembers the binding of the event at hand. Everything is forgotten when events bring too many combinations. False
 * when the key is too long.
 */
export function learn(binding: usize): bool {
  if (length <= 0) return false;
  if (known >= ROUTES_MOST || kept + <usize>length > <usize>ROUTE_KEYS + <usize>ROUTE_KEYS_SIZE) {
    memory.fill(<usize>ROUTES, 0, ROUTES_SLOTS << 4);
    known = 0;
    kept = <usize>ROUTE_KEYS;
  }
  let slot = <u32>hash >>> 19;
  while (load<u32>(<usize>ROUTES + (<usize>slot << 4), 12) !== 0) slot = (slot + 1) & (ROUTES_SLOTS - 1);
  const route: usize = <usize>ROUTES + (<usize>slot << 4);
  memory.copy(kept, <usize>ROUTE_KEY, <usize>length);
  store<i32>(route, hash);
  store<u32>(route, <u32>kept, 4);
  store<i32>(route, length, 8);
  store<u32>(route, <u32>binding, 12);
  kept += <usize>length;
  known++;
  return true;
}
