/**
 * What Vigie remembers, and the only home of mongoose: streams of commits that are also the outbox, a relay, documents
 * of views, requests held until they are due, and checkpoints. Every commit is chained to the one before and holds the
 * answers of its requests, so that facts and answers are written together or not at all. Nothing is read or written
 * without a tenant except by those who work for all of them by name: the relay, timers, checkpoints, and a replay told
 * `everyTenant`.
 */
export * from './port.js';
export * from './port-chain.js';
export * from './port-backup.js';
export * from './port-readings.js';
export * from './port-retention.js';
export { openBackup } from './backup.js';
export { openStore } from './store.js';
export { StoreAway } from './errors.js';
export { mustFit } from './decide.js';
export { interruptibleRest } from './interruptible-rest.js';
export { everyTenant } from './scope.js';
export { positionAfter, positionOf, versionOf } from './place.js';
export { keptStreams } from './kept-streams.js';
export { isSameForm } from './same-form.js';
export { packState, unpackState } from './state-form.js';
export { foldingViews, viewsInMemory, type FoldedViews } from './views-in-memory.js';
