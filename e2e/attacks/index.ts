import type { Attack } from './attack.js';

/** Sorted by name; one for each file. */
export const attacks: readonly Attack[] = [
];
