import { hostsAllowed } from './guards.js';

it.each<[string, { hostsPerHour: number; hostsPercent: number }, number, number | undefined]>([
  ['as many as are said', { hostsPerHour: 10, hostsPercent: 0 }, 40, 10],
  ['as many as are said, where no host is known', { hostsPerHour: 10, hostsPercent: 5 }, 0, 10],
  ['no more than the share of those known', { hostsPerHour: 10, hostsPercent: 5 }, 120, 6],
  ['three of a small office', { hostsPerHour: 10, hostsPercent: 5 }, 12, 3],
  ['fewer than three only where that is said', { hostsPerHour: 1, hostsPercent: 5 }, 12, 1],
  ['no more of a large one', { hostsPerHour: 10, hostsPercent: 5 }, 9_000, 10],
  ['any number, where it is switched off', { hostsPerHour: 0, hostsPercent: 5 }, 120, undefined],
])('lets %s be acted on without a person', (_what, guards, known, inHour) =>
  expect(hostsAllowed(guards, known)).toEqual(inHour === undefined ? undefined : { inHour, inDay: 3 * inHour }),
);
