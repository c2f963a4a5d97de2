import type { Json } from '../../json.js';
import type { EventData } from './data.js';

/** An event taken apart. */
export type EventShape = {
  /** What the event log says of it, by the names of its System; a name may have nothing. */
  system: Record<string, Json | undefined>;
  /** What it says itself, by name. */
  data: EventData;
  /** Values of data in the order of the event's manifest, without their names. */
  inserts?: Json[];
  /** Whether the event's own members are fields, too. */
  isFlat: boolean;
  /** Of other agents' records: what they are about, in Sigma's words where it has one. */
  category?: string;
};
