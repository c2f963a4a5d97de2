/**
 * Stand-ins for the vendors behind the response connectors: stateful, small, faithful to the published pages in what
 * the connectors use (the conformance suite compares), and able to misbehave. For tests, the demo and development; they
 * accept only their own credential.
 */
export { MISBEHAVIOURS, type MisbehaveOptions, type Misbehaviour } from './behaviour.js';
export { startEdrStandin, type EdrOptions } from './edr.js';
export { startIdpStandin, type IdpOptions } from './idp.js';
export type { LoggedCall, Standin } from './vendor.js';
