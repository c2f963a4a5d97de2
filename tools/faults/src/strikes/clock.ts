import { existsSync } from 'node:fs';
import { pause } from '#stack';
import type { PlannedFault } from '../plan/kinds.js';
import type { DisturbedPlace } from '../place/place.js';
import { placed } from './replica.js';
import type { Struck } from './struck.js';

/** Where Debian's package puts it, by processor. */
const LIBRARIES = ['x86_64', 'aarch64'].map((of) => `/usr/lib/${of}-linux-gnu/faketime/libfaketime.so.1`);

/** The wall clock alone is off: what lasts, lasts as long as it does. */
const environment = (library: string, offset: string): Record<string, string> => ({
  LD_PRELOAD: library,
  FAKETIME: offset,
  FAKETIME_DONT_FAKE_MONOTONIC: '1',
  DONT_FAKE_MONOTONIC: '1',
});

export const misleadClock = async ({ fleet }: DisturbedPlace, fault: PlannedFault): Promise<Struck> => {
  const library = LIBRARIES.find((path) => existsSync(path));
  if (library === undefined) return { skipped: 'there is no libfaketime: apt-get install libfaketime' };
  const name = placed(fault);
  await fleet.leave(name);
  await fleet.start(name, environment(library, fault.what ?? ''));
  await pause(fault.seconds * 1_000);
  await fleet.kill(name);
  await fleet.start(name);
  return {};
};
