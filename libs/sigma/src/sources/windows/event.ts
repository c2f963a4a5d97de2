/**
 * A Windows event as one record, whichever tool wrote it: the one reading that rules and whoever else needs the event
 * share. What the event log says of the event (`system`) is kept apart from what the event says itself (`data`), for
 * data may be called Channel or Computer, too.
 */
import type { JsonObject } from '../../json.js';
import { compact, isObject } from '../shared/derived.js';
import { EventData } from './data.js';
import { withHashes } from './hashes.js';
import { namesOf } from './inserts.js';
import type { EventShape } from './shape.js';
import { shapeOf } from './shapes.js';

export type WindowsEvent = {
  /**
   * Channel, EventID, Provider_Name, Computer, TimeCreated, Level, Message and more of what is in the event's System,
   * as far as it says so.
   */
  system: JsonObject;
  /** By the names of the event's manifest; unnamed data as `Data`. */
  data: JsonObject;
  /** Whether the event's own members are fields, besides those of `data`. */
  isFlat: boolean;
  /** Of other agents' records: what they are about (`shared/agents`). */
  category?: string;
};

/** Reads an event. It never throws; what it does not know is flat. */
export const windowsEvent = (event: JsonObject): WindowsEvent => {
  const { system, data, inserts, isFlat, category } = shapeOf(event);
  const record = dataOf({ system, data, inserts });
  return {
    system: compact(system),
    data: withHashes(withUnnamed(record, isFlat && record.param1 === undefined ? event : record), event),
    isFlat,
    ...(category === undefined ? {} : { category }),
  };
};

/** Data by name; values without names by those of the event's manifest, when it is known and has as many. */
const dataOf = ({ system, data, inserts }: Omit<EventShape, 'isFlat'>): JsonObject => {
  const record = data.record();
  if (inserts === undefined || inserts.length === 0 || Object.keys(record).length > 0) return record;
  const names = namesOf(system, inserts.length);
  if (!names) return { Data: inserts };
  const named = new EventData();
  for (const [index, name] of names.entries()) named.put(name, inserts[index] ?? null);
  return named.record();
};

const MOST_PARAMETERS = 100;

/** Data that some tools number (`param1` …) are data without a name. */
const withUnnamed = (record: JsonObject, from: JsonObject): JsonObject => {
  if (from.param1 === undefined || from.Data !== undefined || isObject(from.param1)) return record;
  const list = [];
  for (let number = 1; number <= MOST_PARAMETERS; number += 1) {
    const value = from[`param${number}`];
    if (value === undefined) break;
    list.push(value);
  }
  return { ...record, Data: list };
};
