import { ingestTopic, type OutRecord } from '#libs/events';
import { TRUNCATED } from '../ingest/records.js';
import { packed } from './packing.js';

/** What a listener appends to the ingest topic of a source. @param truncated the events are the first bytes of longer ones. */
export const ingestRecords = (tenant: string, source: string, events: Buffer[], truncated = false): OutRecord[] => {
  const headers: Record<string, string> = truncated ? { [TRUNCATED]: 'true' } : {};
  return packed(events).map((value) => ({ topic: ingestTopic(tenant, source), key: null, value, headers }));
};
