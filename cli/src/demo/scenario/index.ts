/**
 * The demo's three customers, one for each response model. Names, addresses and events are made up here; nothing is
 * recorded.
 */
import { lumiere } from './lumiere.js';
import { northwind } from './northwind.js';
import { sakura } from './sakura.js';
import type { Story } from './story.js';

export const stories: readonly Story[] = [northwind, lumiere, sakura];
export type { TelemetryFeed, Story } from './story.js';
