/**
 * How Vigie is tested: `scenario()` for deciders, `hearing()` for reactions and `showing()` for views, all pure;
 * the local stack for everything that meets Kafka or the store.
 */
export * from './scenario.js';
export * from './pure.js';
