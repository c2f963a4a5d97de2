import { aClock } from '../samples.js';

/** The clocks of a grave case that opens at an instant. */
export const clocks = (at: number) => [
  {
    at,
    clocks: [
      aClock('ACKNOWLEDGE', 15, at),
      aClock('NOTIFY', 30, at),
      aClock('CONTAIN', 60, at),
      aClock('RESOLVE', 1_440, at),
    ],
  },
];
