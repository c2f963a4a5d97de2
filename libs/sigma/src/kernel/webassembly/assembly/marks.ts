/** Which atoms hold for the event at hand, and which rules that makes candidates. */
import { ATOM_RULES, ATOM_STAMP, RULE_STAMP } from '../layout';
import { now } from './event';

let candidates: usize = 0;
let count: i32 = 0;

export function beginMarks(list: usize): void {
  candidates = list;
  count = 0;
}

/** Where the candidates lie; after a run, the places of the rules that match. */
export function candidatesAt(): usize {
  return candidates;
}

@inline
export function candidateCount(): i32 {
  return count;
}

@inline
export function isMarked(atom: usize): bool {
  return load<i32>(atom, ATOM_STAMP) === now();
}

@inline
export function mark(atom: usize): void {
  if (load<i32>(atom, ATOM_STAMP) === now()) return;
  store<i32>(atom, now(), ATOM_STAMP);
  const rules = load<u32>(atom, ATOM_RULES) as usize;
  if (rules !== 0) nominateAll(rules);
}

/** Every rule of a list that begins with its length. */
export function nominateAll(rules: usize): void {
  const last = rules + (<usize>load<u32>(rules) << 2);
  for (let at = rules + 4; at <= last; at += 4) {
    const rule = load<u32>(at) as usize;
    if (load<i32>(rule, RULE_STAMP) === now()) continue;
    store<i32>(rule, now(), RULE_STAMP);
    store<u32>(candidates + (<usize>count << 2), <u32>rule);
    count++;
  }
}
