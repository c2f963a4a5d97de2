/**
 * Reads one JSON object from the line's bytes: where the values of known names lie, on whatever path, and of what kind
 * they are. It accepts nothing JSON.parse would refuse; whatever is not plain enough (keys with escapes, the same path
 * twice, text that may hold fields) it gives up.
 */
import {
  ANY_LIST, ARRAY, AS_IS, COMPLEX, ENTRY_CHILD, ENTRY_FLAGS, ENTRY_LENGTH, ENTRY_NODE, ENTRY_REST, ENTRY_SLOT, GIVES_UP, LINE, LIST_MAY_HOLD_FIELDS, MASKS, NODE_CONTAINER, NODE_ID, NODE_STAMP, NODE_STAR, NULL, NUMBER,
  READING_ANY_CASE, READING_REFUSED, READING_ROOT, READING_SHIFT, READING_TABLE, SLOT_END, SLOT_FLAGS, SLOT_STAMP, SLOT_START, STRUCTURED_TEXT, TEXT_MAY_HOLD_FIELDS,
} from '../layout';
import { now } from './event';
import { beUsual, text, textKind } from './text';

const MAX_DEPTH: i32 = 64;
const MAX_PLAIN_DIGITS: i32 = 15;

let table: usize = 0;
let shift: i32 = 0;
let refused: i32 = 0;
let anyCase: bool = false;
/** One bit for every container met. */
let containers: i32 = 0;
/** The kind of the value last read. */
let kind: i32 = 0;

export function containersMet(): i32 {
  return containers;
}

@inline
function space(p: usize): usize {
  let byte: u32 = load<u8>(p);
  while (byte <= 32 && (byte === 32 || byte === 10 || byte === 13 || byte === 9)) byte = load<u8>(++p);
  return p;
}

@inline
function lowered(v: v128): v128 {
  return v128.or(v, v128.and(i8x16.gt_s(i8x16.add(v, i8x16.splat(37)), i8x16.splat(101)), i8x16.splat(32)));
}

@inline
function mixed(hash: i32, block: v128): i32 {
  const low = i64x2.extract_lane(block, 0) * 0x9e3779b97f4a7c15;
  const high = i64x2.extract_lane(block, 1) * 0x2545f4914f6cdd1d;
  const both = (low ^ (high >>> 29)) + high;
  return (hash ^ <i32>both) * 0x2c1b3c6d + <i32>(both >>> 32);
}

/** Whether the key's bytes behind the first sixteen are the entry's. */
function isRest(p: usize, rest: usize, length: i32): bool {
  for (let i = 0; i < length; i += 16) {
    let v = v128.load(p + <usize>i);
    if (anyCase) v = lowered(v);
    const left = length - i;
    if (left < 16) v = v128.and(v, v128.load(<usize>(MASKS + 16 - left)));
    if (!i8x16.all_true(i8x16.eq(v, v128.load(rest + <usize>i)))) return false;
  }
  return true;
}

/** Where the quote behind the key that begins at `p` is; 0 when the key is not plain. */
@inline
function keyEnd(p: usize): usize {
  while (true) {
    const v = v128.load(p);
    const quotes = i8x16.bitmask(i8x16.eq(v, i8x16.splat(0x22)));
    const bad = i8x16.bitmask(v128.or(v128.or(i8x16.lt_s(v, i8x16.splat(32)), i8x16.eq(v, i8x16.splat(0x5c))), i8x16.eq(v, i8x16.splat(<i8>refused))));
    const below = quotes !== 0 ? (quotes & -quotes) - 1 : 0xffff;
    if ((bad & below) !== 0) return 0;
    if (quotes !== 0) return p + <usize>ctz(quotes);
    p += 16;
  }
}

/** The entry of the key between `p` and `end` in a node; 0 when nobody asks for it. */
@inline
function find(node: usize, p: usize, end: usize): usize {
  const length = <i32>(end - p);
  let first = v128.load(p);
  if (anyCase) first = lowered(first);
  if (length < 16) first = v128.and(first, v128.load(<usize>(MASKS + 16 - length)));
  const id = load<i32>(node, NODE_ID);
  const hash = mixed(length + (id << 8), first);
  let at = table + (<usize>(<u32>hash >>> shift) << 2);
  while (true) {
    const entry = load<u32>(at) as usize;
    if (entry === 0) return 0;
    at += 4;
    if (!i8x16.all_true(i8x16.eq(first, v128.load(entry)))) continue;
    if (load<i32>(entry, ENTRY_LENGTH) !== length || load<i32>(entry, ENTRY_NODE) !== id) continue;
    if (length <= 16 || isRest(p + 16, load<u32>(entry, ENTRY_REST), length - 16)) return entry;
  }
}

/** Reads the object whose brace is at `p`: behind it, or 0. */
function members(node: usize, p: usize): usize {
  const container = load<i32>(node, NODE_CONTAINER);
  containers |= container;
  const star = load<u32>(node, NODE_STAR) as usize;
  p = space(p + 1);
  if (load<u8>(p) === 0x7d) return p + 1;
  while (true) {
    if (load<u8>(p) !== 0x22) return 0;
    const end = keyEnd(p + 1);
    if (end === 0) return 0;
    const entry = find(node, p + 1, end);
    p = space(end + 1);
    if (load<u8>(p) !== 0x3a) return 0;
    p = space(p + 1);
    p = entry !== 0 ? known(entry, p) : star !== 0 && load<u8>(p) === 0x7b ? child(star, p) : value(p, 0);
    if (p === 0) return 0;
    p = space(p);
    const byte = load<u8>(p);
    if (byte === 0x7d) return p + 1;
    if (byte !== 0x2c) return 0;
    p = space(p + 1);
  }
}

/** An object that names lie in; the same one twice is given up. */
function child(node: usize, p: usize): usize {
  if (load<i32>(node, NODE_STAMP) === now()) return 0;
  store<i32>(node, now(), NODE_STAMP);
  return members(node, p);
}

/** Reads the value of a known key. */
function known(entry: usize, p: usize): usize {
  const flags = load<i32>(entry, ENTRY_FLAGS);
  if ((flags & GIVES_UP) !== 0) return 0;
  const below = load<u32>(entry, ENTRY_CHILD) as usize;
  const byte = load<u8>(p);
  if ((flags & ANY_LIST) !== 0 && byte === 0x5b) return 0;
  if ((flags & STRUCTURED_TEXT) !== 0 && byte === 0x22 && mayBeStructured(load<u8>(p, 1))) return 0;
  let end: usize = 0;
  if (below !== 0) {
    if (load<i32>(below, NODE_STAMP) === now()) return 0;
    store<i32>(below, now(), NODE_STAMP);
    if (byte === 0x7b) {
      end = members(below, p);
      kind = COMPLEX;
    }
  }
  if (byte !== 0x7b || below === 0) end = value(p, 0);
  if (end === 0) return 0;
  if (flags !== 0 && mayHoldFields(flags, p, end)) return 0;
  const slot = load<u32>(entry, ENTRY_SLOT) as usize;
  if (slot === 0) return end;
  if (anyCase && load<i32>(slot, SLOT_STAMP) === now()) return 0;
  const inset: usize = byte === 0x22 ? 1 : 0;
  store<i32>(slot, now(), SLOT_STAMP);
  store<u32>(slot, <u32>(p + inset), SLOT_START);
  store<u32>(slot, <u32>(end - inset), SLOT_END);
  store<i32>(slot, kind, SLOT_FLAGS);
  return end;
}

/** Whether text that begins so may be XML or an object: a blank, a byte order mark or an escape may stand before it. */
@inline
function mayBeStructured(first: u32): bool {
  return first === 0x3c || first === 0x7b || first === 0x5c || first === 0x20 || first === 0xef;
}

/** Containers as text (JSON, XML), and lists of named data. */
function mayHoldFields(flags: i32, p: usize, end: usize): bool {
  const isText = load<u8>(p) === 0x22;
  const asked = isText ? flags & TEXT_MAY_HOLD_FIELDS : flags & LIST_MAY_HOLD_FIELDS;
  if (asked === 0 || (!isText && (kind & COMPLEX) === 0)) return false;
  for (let at = p; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === 0x7b || (isText && (byte === 0x3c || byte === 0x5c))) return true;
  }
  return false;
}

/** Reads any value that holds no known names: behind it, or 0. */
function value(p: usize, depth: i32): usize {
  const byte = load<u8>(p);
  if (byte === 0x22) {
    const end = text(p + 1);
    kind = textKind();
    return end === 0 ? 0 : end + 1;
  }
  return byte === 0x7b || byte === 0x5b ? nested(p, depth) : scalar(p);
}

/** Skips an object or a list, minding JSON's grammar. */
function nested(p: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return 0;
  const isObject = load<u8>(p) === 0x7b;
  const close: u32 = isObject ? 0x7d : 0x5d;
  const whole = isObject ? COMPLEX : COMPLEX | ARRAY;
  p = space(p + 1);
  if (load<u8>(p) === close) {
    kind = whole;
    return p + 1;
  }
  while (true) {
    if (isObject) {
      if (load<u8>(p) !== 0x22) return 0;
      p = text(p + 1);
      if (p === 0) return 0;
      p = space(p + 1);
      if (load<u8>(p) !== 0x3a) return 0;
      p = space(p + 1);
    }
    p = value(p, depth + 1);
    if (p === 0) return 0;
    p = space(p);
    const byte: u32 = load<u8>(p);
    if (byte === close) {
      kind = whole;
      return p + 1;
    }
    if (byte !== 0x2c) return 0;
    p = space(p + 1);
  }
}

function scalar(p: usize): usize {
  const byte = load<u8>(p);
  if (byte === 0x74) return word(p, 0x65757274, AS_IS);
  if (byte === 0x6e) return word(p, 0x6c6c756e, NULL);
  if (byte === 0x66) return load<u32>(p, 1) === 0x65736c61 ? word(p, 0x736c6166, AS_IS) + 1 : 0;
  return number(p);
}

@inline
function word(p: usize, bytes: u32, is: i32): usize {
  kind = is;
  return load<u32>(p) === bytes ? p + 4 : 0;
}

@inline
function digits(p: usize): usize {
  while (<u32>load<u8>(p) - 48 < 10) p++;
  return p;
}

function number(p: usize): usize {
  const isNegative = load<u8>(p) === 0x2d;
  if (isNegative) p++;
  const start = p;
  const hasZero = load<u8>(p) === 48;
  p = digits(p);
  const count = <i32>(p - start);
  if (count === 0 || (count > 1 && hasZero)) return 0;
  kind = count <= MAX_PLAIN_DIGITS && !(isNegative && hasZero) ? AS_IS : NUMBER;
  if (load<u8>(p) === 0x2e) {
    kind = NUMBER;
    const from = p + 1;
    p = digits(from);
    if (p === from) return 0;
  }
  if ((load<u8>(p) | 32) !== 0x65) return p;
  kind = NUMBER;
  p++;
  if (load<u8>(p) === 0x2b || load<u8>(p) === 0x2d) p++;
  const from = p;
  p = digits(from);
  return p === from ? 0 : p;
}

/** Reads the line of so many bytes; false to give up. */
export function scan(reading: usize, length: i32): bool {
  table = load<u32>(reading, READING_TABLE);
  shift = load<i32>(reading, READING_SHIFT);
  refused = load<i32>(reading, READING_REFUSED);
  anyCase = load<i32>(reading, READING_ANY_CASE) !== 0;
  containers = 0;
  beUsual();
  const start = space(<usize>LINE);
  if (load<u8>(start) !== 0x7b) return false;
  const end = members(load<u32>(reading, READING_ROOT), start);
  return end !== 0 && space(end) === <usize>LINE + <usize>length;
}
