/**
 * Which literals a folded text begins or ends with: a tree as one table. A node's children lie from its base on by
 * their byte, if the step there names the node. Words of a step: the node, the child's base or 0, the atom of the
 * literal that ends there or 0, what is left of the only one that goes on.
 */
import { LITERAL_ATOM, LITERAL_LENGTH } from '../layout';
import { standsAt } from './indexes';
import { mark } from './marks';

export function scanStarts(index: usize, start: usize, end: usize): void {
  let base = load<u32>(index) as usize;
  for (let p = start; p < end && base !== 0; p++) {
    const step = base + (<usize>load<u8>(p) << 4);
    if (load<u32>(step) !== <u32>base) return;
    if (load<u32>(step, 8) !== 0) mark(load<u32>(step, 8));
    const tail = load<u32>(step, 12) as usize;
    if (tail !== 0) {
      const length = load<i32>(tail, LITERAL_LENGTH);
      if (p + 1 + <usize>length <= end && standsAt(tail, p + 1, length)) mark(load<u32>(tail, LITERAL_ATOM));
    }
    base = load<u32>(step, 4);
  }
}

export function scanEnds(index: usize, start: usize, end: usize): void {
  let base = load<u32>(index) as usize;
  for (let p = end; p > start && base !== 0; ) {
    const step = base + (<usize>load<u8>(--p) << 4);
    if (load<u32>(step) !== <u32>base) return;
    if (load<u32>(step, 8) !== 0) mark(load<u32>(step, 8));
    const tail = load<u32>(step, 12) as usize;
    if (tail !== 0) {
      const length = load<i32>(tail, LITERAL_LENGTH);
      if (p >= start + <usize>length && standsAt(tail, p - <usize>length, length)) mark(load<u32>(tail, LITERAL_ATOM));
    }
    base = load<u32>(step, 4);
  }
}
