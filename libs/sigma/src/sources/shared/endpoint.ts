import type { SourceMapping } from '../source.js';
import { ENDPOINT_FIELDS } from './endpoint-fields.js';

/** Agents' records by the names that rules use. */
export const ENDPOINT: SourceMapping['aliases'] = [{ when: {}, fields: ENDPOINT_FIELDS }];
