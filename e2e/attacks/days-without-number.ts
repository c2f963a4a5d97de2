import { placesOf } from '../../services/hunting/src/lake/places.js';
import type { Attack } from './attack.js';

/** Files that one write makes of events, each of which claims another hour, or another day. */
const filesOf = (number: number, hours: number): number =>
  new Set(placesOf(new Set(Array.from({ length: number }, (_, index) => index * hours))).values()).size;

/**
 * The lake writes a file for each hour, each down to the disk, while everybody's events wait.
 */
export const daysWithoutNumber: Attack = {
  name: 'days-without-number',
  line: 10,
  control: () => filesOf(14, 1) === 14 && filesOf(14, 24) === 14,
  attack: () => (Math.max(filesOf(10_000, 1), filesOf(10_000, 24)) > 100 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/hunting/src/lake/places.ts',
    find: 'slice(-most)',
    replace: 'slice(-Infinity)',
  },
};
