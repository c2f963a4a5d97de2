/** The rules of one combination of logsources, run on the event at hand. */
import {
  ACCEPT, ANY, ARRAY, ATOM_FIELD, ATOM_KIND, ATOM_RULES, ATTRIBUTE, BINDING_CHAINS, BINDING_PARTITION, COMPLEX, EMPTY, FIELD_ENDS, FIELD_EQUALS, FIELD_FIRST, FIELD_GRAMS, FIELD_IS_KEYWORD, FIELD_LAST, FIELD_NUMBER,
  FIELD_READS_TEXT, FIELD_READ_AT, FIELD_SHORTS, FIELD_SHORT_AT, FIELD_STARTS, FIELD_STATE, FIELD_WIDE, HAS_TEXT, HOST, IS_EMPTY, IS_PRESENT, LIST, LONG_TEXT, NULL, OUTSIDE, PARTITION_ALWAYS, PARTITION_CANDIDATES, PARTITION_EAGER,
  PARTITION_FIELDS, PARTITION_INDEX, PARTITION_KEYWORDS, RULE_ENTRY, RULE_PLACE, SAME_TEXT, SHORT, SLOT_END, SLOT_FLAGS, SLOT_STAMP, SLOT_START, TEXTS, WIDE_TEXT, FIELD_SIZE,
} from '../layout';
import { clearWide, isWide, now, textCount } from './event';
import { fold } from './fold';
import { scanEnds, scanStarts } from './edges';
import { scanGrams } from './grams';
import { scanEquals } from './indexes';
import { mayHoldKeywords } from './keywords';
import { beginMarks, candidateCount, isMarked, mark, nominateAll } from './marks';
import { scanShorts } from './shorts';

/** Reads a field outside: its texts are added, its state is answered. */
@external('host', 'readField')
declare function readField(partition: i32, field: i32): i32;
/** Asks a host atom. */
@external('host', 'ask')
declare function ask(partition: i32, atom: i32): i32;
/** Before and after a rule is run, when accounts are kept. */
@external('host', 'began')
declare function began(): void;
@external('host', 'ended')
declare function ended(place: i32, matches: i32): void;

const SLOW: i32 = -1;

let current: usize = 0;
let partition: usize = 0;
let chains: usize = 0;
let isTimed: bool = false;
/** Rules that had to be run so far. */
let rulesRun: f64 = 0;

export function keepAccounts(): void {
  isTimed = true;
}

export function rulesRunSoFar(): f64 {
  return rulesRun;
}

/** What rules were last run under. */
export function bindingAt(): usize {
  return current;
}

/** Runs the event at hand; how many rules match. Their places lie, unordered, where the candidates did. */
export function runBinding(binding: usize): i32 {
  current = binding;
  partition = load<u32>(binding, BINDING_PARTITION);
  chains = load<u32>(binding, BINDING_CHAINS);
  const candidates = load<u32>(partition, PARTITION_CANDIDATES) as usize;
  beginMarks(candidates);
  const eager = load<u32>(partition, PARTITION_EAGER) as usize;
  const last = eager + (<usize>load<u32>(eager) << 2);
  for (let at = eager + 4; at <= last; at += 4) readEagerly(load<u32>(at));
  nominateAll(load<u32>(partition, PARTITION_ALWAYS));
  let found = 0;
  for (let i = 0; i < candidateCount(); i++) {
    const rule = load<u32>(candidates + (<usize>i << 2)) as usize;
    if (!runs(rule)) continue;
    store<i32>(candidates + (<usize>found << 2), load<i32>(rule, RULE_PLACE));
    found++;
  }
  rulesRun += <f64>candidateCount();
  return found;
}

function runs(rule: usize): bool {
  if (!isTimed) return accepts(load<u32>(rule, RULE_ENTRY));
  began();
  const matches = accepts(load<u32>(rule, RULE_ENTRY));
  ended(load<i32>(rule, RULE_PLACE), <i32>matches);
  return matches;
}

function accepts(entry: usize): bool {
  let at = entry;
  while (at > <usize>ACCEPT) {
    const atom = load<u32>(at) as usize;
    at = isMarked(atom) || holds(atom) ? load<u32>(at, 4) : load<u32>(at, 8);
  }
  return at === <usize>ACCEPT;
}

/** Whether an atom holds that is not marked yet. */
function holds(atom: usize): bool {
  const kind = load<i32>(atom, ATOM_KIND);
  if (kind === HOST) return holdsOutside(atom);
  const field = load<u32>(atom, ATOM_FIELD) as usize;
  if (load<i32>(field, FIELD_READ_AT) !== now()) {
    read(field);
    if (isMarked(atom)) return true;
  }
  if (kind <= WIDE_TEXT) return false;
  if (kind === SHORT) return holdsShort(field, atom);
  if (kind === LONG_TEXT) return holdsLong(field, load<u32>(atom, ATOM_RULES));
  if (kind === SAME_TEXT) return holdsSame(field, load<u32>(atom, ATOM_RULES));
  const state = load<i32>(field, FIELD_STATE);
  return (state & (kind === ANY ? HAS_TEXT : kind === EMPTY ? IS_EMPTY : IS_PRESENT)) !== 0;
}

function holdsShort(field: usize, atom: usize): bool {
  if (load<i32>(field, FIELD_SHORT_AT) === now()) return false;
  store<i32>(field, now(), FIELD_SHORT_AT);
  const last = <usize>TEXTS + (<usize>load<u32>(field, FIELD_LAST) << 3);
  for (let at = <usize>TEXTS + (<usize>load<u32>(field, FIELD_FIRST) << 3); at < last; at += 8) scanShorts(load<u32>(field, FIELD_SHORTS), load<u32>(at), load<u32>(at, 4));
  return isMarked(atom);
}

function holdsLong(field: usize, length: usize): bool {
  const last = <usize>TEXTS + (<usize>load<u32>(field, FIELD_LAST) << 3);
  for (let at = <usize>TEXTS + (<usize>load<u32>(field, FIELD_FIRST) << 3); at < last; at += 8) if ((load<u32>(at, 4) as usize) - (load<u32>(at) as usize) >= length) return true;
  return false;
}

/** Whether some text of one field is some text of the other. */
function holdsSame(field: usize, other: usize): bool {
  if (load<i32>(other, FIELD_READ_AT) !== now()) read(other);
  const last = <usize>TEXTS + (<usize>load<u32>(field, FIELD_LAST) << 3);
  const lastOther = <usize>TEXTS + (<usize>load<u32>(other, FIELD_LAST) << 3);
  for (let at = <usize>TEXTS + (<usize>load<u32>(field, FIELD_FIRST) << 3); at < last; at += 8) {
    const start = load<u32>(at) as usize;
    const length = (load<u32>(at, 4) as usize) - start;
    for (let one = <usize>TEXTS + (<usize>load<u32>(other, FIELD_FIRST) << 3); one < lastOther; one += 8) {
      if ((load<u32>(one, 4) as usize) - (load<u32>(one) as usize) === length && memory.compare(load<u32>(one), start, length) === 0) return true;
    }
  }
  return false;
}

/** Asks once an event. */
function holdsOutside(atom: usize): bool {
  if (load<i32>(atom, ATOM_RULES) === now()) return false;
  if (ask(load<i32>(partition, PARTITION_INDEX), load<i32>(atom, ATOM_FIELD)) !== 0) {
    store<i32>(atom, now());
    return true;
  }
  store<i32>(atom, now(), ATOM_RULES);
  return false;
}

function readEagerly(field: usize): void {
  const keywords = load<u32>(partition, PARTITION_KEYWORDS) as usize;
  if (keywords === 0 || load<i32>(field, FIELD_IS_KEYWORD) === 0 || mayHoldKeywords(keywords)) return read(field);
  store<i32>(field, now(), FIELD_READ_AT);
  store<i32>(field, 0, FIELD_STATE);
  store<i32>(field, 0, FIELD_FIRST);
  store<i32>(field, 0, FIELD_LAST);
}

function read(field: usize): void {
  store<i32>(field, now(), FIELD_READ_AT);
  const first = textCount();
  clearWide();
  let state = chains === 0 || load<i32>(field, FIELD_IS_KEYWORD) !== 0 ? SLOW : readHere(field);
  if (state === SLOW) state = readField(load<i32>(partition, PARTITION_INDEX), load<i32>(field, FIELD_NUMBER));
  const last = textCount();
  store<i32>(field, state, FIELD_STATE);
  store<i32>(field, first, FIELD_FIRST);
  store<i32>(field, last, FIELD_LAST);
  if (first === last) return;
  if (isWide() && load<u32>(field, FIELD_WIDE) !== 0) mark(load<u32>(field, FIELD_WIDE));
  for (let text = first; text < last; text++) scan(field, load<u32>(<usize>TEXTS + (<usize>text << 3)), load<u32>(<usize>TEXTS + (<usize>text << 3), 4));
}

@inline
function scan(field: usize, start: usize, end: usize): void {
  const equals = load<u32>(field, FIELD_EQUALS) as usize;
  if (equals !== 0) scanEquals(equals, start, end);
  const starts = load<u32>(field, FIELD_STARTS) as usize;
  if (starts !== 0) scanStarts(starts, start, end);
  const ends = load<u32>(field, FIELD_ENDS) as usize;
  if (ends !== 0) scanEnds(ends, start, end);
  const grams = load<u32>(field, FIELD_GRAMS) as usize;
  if (grams !== 0) scanGrams(grams, start, end);
}

/** Reads a field from the line; SLOW when bytes alone do not tell. */
function readHere(field: usize): i32 {
  const chain = load<u32>(chains + (<usize>load<u32>(field, FIELD_NUMBER) << 2)) as usize;
  const last = chain + (<usize>load<u32>(chain) << 2);
  for (let at = chain + 4; at <= last; at += 4) {
    const link = load<u32>(at);
    const means = link & 3;
    if (means === OUTSIDE) return SLOW;
    const slot = (link & ~3) as usize;
    if (load<i32>(slot, SLOT_STAMP) !== now()) continue;
    const flags = load<i32>(slot, SLOT_FLAGS);
    if (means !== 0) {
      if ((flags & (means === LIST ? ARRAY : COMPLEX)) !== 0) return SLOW;
      continue;
    }
    if ((flags & NULL) !== 0) return IS_PRESENT | IS_EMPTY;
    if ((flags & COMPLEX) !== 0) return SLOW;
    if (load<i32>(field, FIELD_READS_TEXT) === 0) return IS_PRESENT | HAS_TEXT;
    return fold(load<u32>(slot, SLOT_START), load<u32>(slot, SLOT_END), flags) ? IS_PRESENT | HAS_TEXT : SLOW;
  }
  return IS_EMPTY;
}
