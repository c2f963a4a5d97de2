import type { Broker } from '#libs/events';
import type { Store } from '#libs/store';
import { storesOf, type RunningInstallation } from '../../../../cli/src/index.js';
import type { Disks } from './disks.js';
import type { Fleet } from './fleet.js';

/** What a run disturbs, and how it is seen from outside. */
export interface DisturbedPlace {
  up: RunningInstallation;
  fleet: Fleet;
  /** As the platform's super user. */
  broker: Broker;
  /** What the run was sending to, and whose it is. */
  tenants: readonly string[];
  disks: Disks;
  /** Tells how things go, a line at a time. */
  say(line: string): void;
}

/** A service's database, as `vigie` reads it. */
export const withStore = <T>({ up }: DisturbedPlace, service: string, work: (store: Store) => Promise<T>): Promise<T> =>
  storesOf(up)(service, work);
