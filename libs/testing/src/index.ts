/**
 * How Vigie is tested: `scenario()` for deciders, `hearing()` for reactions and `showing()` for views, all pure;
 * `startWorld()` for everything that meets Kafka or the store: real ones, of the test's own.
 */
import type * as world from './world.js';

export * from './scenario.js';
export * from './pure.js';
export { until } from '#stack';
export * from './malformed.js';
export { besideCheckout } from './beside.js';
export { cpuClock } from './cpu-clock.js';
export { keyPair, type KeyPair } from './keys.js';
export type { World, WorldOptions } from './world.js';

/** A world that stands. It is loaded when one is asked for: broker, store and Nest cost a pure spec a second. */
export const startWorld: typeof world.startWorld = async (...given) =>
  (await import('./world.js')).startWorld(...given);
