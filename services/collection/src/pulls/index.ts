import { okta } from './okta.js';
import type { Puller } from './puller.js';

/** Every log that can be pulled, by name; PULLS of libs/terms says the same names. */
export const pullers: readonly Puller[] = [okta as Puller];
