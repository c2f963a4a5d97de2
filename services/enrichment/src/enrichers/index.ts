import { asset } from './asset/index.js';
import type { Enricher } from './enricher.js';
import { identity } from './identity/index.js';
import { indicator } from './indicator/index.js';

/** Every enricher, sorted by name; a test keeps the list complete. */
export const enrichers: Enricher[] = [asset, identity, indicator];
