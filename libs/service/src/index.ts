/**
 * What every service stands on: its definition on one page, configuration, signed requests, the loops that tie
 * deciders, reactions, views and effects to Kafka and the store, health, metrics, logs and an orderly end. The other
 * rooms see Kafka through `#libs/events` and documents through `#libs/store` only.
 */
export * from './authority.js';
export * from './boot.js';
export * from './config.js';
export * from './definition.js';
export { type RequestClaim } from './claim.js';
export { withPermissions } from './with-permissions.js';
export * from './keys.js';
export * from './signed-record.js';
export * from './topology.js';
export { readyRequests, signedRequest, type ReadyRequest } from './ready-requests.js';
export { boundedLetters, type BoundedLetters } from './bounded-letters.js';
export { openLog } from './log.js';
export * from './every.js';
export { orSetAside } from './set-aside.js';
export { openMetrics, type Metrics } from './metrics.js';
export { RUNTIME, ServiceLife, ServiceModule } from './module.js';
export { openRuntime, type PreparedRequests, type Runtime } from './runtime.js';
export { fireTimers } from './loops.js';
export { openWorkers } from './workers.js';
export { startRuntime } from './start-runtime.js';
export { openSeal } from './seal.js';
export { threadCpuMs } from './thread-cpu.js';
export { openDirectory, type TenantDirectory } from './settings.js';
export { openRates, type Rate } from './rates.js';
export { tokenIssuerList, tokenVerifier, type TokenBearer, type TokenIssuer, type TokenVerifier } from './tokens.js';
export * from './yielding.js';
