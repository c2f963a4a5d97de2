import { ingestTopic, type OutRecord } from '#libs/events';
import { ENVELOPED } from '../envelope/line.js';
import { TRUNCATED } from '../ingest/records.js';
import { packed } from './packing.js';

/** What holds for all events of an append. */
export interface AppendedHow {
  /** They are the first bytes of longer ones. */
  truncated?: boolean;
  /** They are lines of `envelope/line.ts`. */
  enveloped?: boolean;
}

/** What a listener appends to the ingest topic of a source. */
export const ingestRecords = (
  tenant: string,
  source: string,
  events: Buffer[],
  { truncated, enveloped }: AppendedHow = {},
): OutRecord[] => {
  const headers: Record<string, string> = {
    ...(truncated ? { [TRUNCATED]: 'true' } : {}),
    // Always said: what says nothing was written by somebody else, and may be OTLP.
    [ENVELOPED]: String(enveloped === true),
  };
  return packed(events).map((value) => ({ topic: ingestTopic(tenant, source), key: null, value, headers }));
};
