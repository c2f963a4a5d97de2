/**
 * What every service stands on: its definition on one page, configuration, signed requests, the loops that tie
 * deciders, reactions, views and effects to Kafka and the store, health, metrics, logs and an orderly end. The other
 * rooms see Kafka through `#libs/events` and documents through `#libs/store` only.
 */
export * from './authority.js';
export * from './boot.js';
export * from './config.js';
export * from './definition.js';
export { withPermissions } from './with-permissions.js';
export * from './keys.js';
export * from './main.js';
export * from './signed-record.js';
export * from './topology.js';
export { boundedLetters } from './bounded-letters.js';
export { openLog } from './log.js';
export * from './every.js';
export { orSetAside } from './set-aside.js';
export { type PreparedRequests, type Runtime } from './runtime.js';
export { noTraces } from './traces.js';
export { type ReadyRequest } from './ready-requests.js';
export { fireTimers } from './loops.js';
export { openWorkers } from './workers.js';
export { openSeal } from './seal.js';
export { threadCpuMs } from './thread-cpu.js';
export { openRates, type Rate } from './rates.js';
export { tokenIssuerList, tokenVerifier, type TokenIssuer } from './tokens.js';
export * from './yielding.js';
