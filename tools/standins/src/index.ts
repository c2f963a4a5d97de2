/**
 * Stand-ins for the vendors behind the response connectors: stateful, small, faithful to the published pages in what
 * the connectors use (the conformance suite compares), and able to misbehave. For tests, the demo and development; they
 * accept only their own credential.
 */
import { defender } from './defender/index.js';
import { okta } from './okta/index.js';
import type { StandinOfVendor } from './vendor.js';

/** Sorted by vendor; one for each connector of response. */
export const standins: readonly StandinOfVendor[] = [defender, okta];

/** The environment variable of the stand-ins' process that says at which port a vendor's answers. */
export const portVariable = (vendor: string): string => `${vendor.toUpperCase().replaceAll('-', '_')}_PORT`;
export { startDefenderStandin } from './defender/index.js';
export { startOktaStandin } from './okta/index.js';
export type { LoggedCall, Standin } from './vendor.js';
