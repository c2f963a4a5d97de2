/** Wazuh, as its archives, its alerts and its agents write events of Windows. */
import type { Json, JsonObject } from '../../json.js';
import { at, isObject } from '../shared/derived.js';
import { EventData } from './data.js';
import type { EventShape } from './shape.js';

const RUNS = /\\+/g;

const isDoubled = (value: Json | undefined): boolean =>
  isObject(value)
    ? Object.values(value).every(isDoubled)
    : typeof value !== 'string' || (value.match(RUNS) ?? []).every(({ length }) => length % 2 === 0);

const halved = (value: Json | undefined): Json =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, halved(one)]))
    : typeof value === 'string'
      ? value.replace(RUNS, (run) => run.slice(run.length / 2))
      : (value ?? null);

/**
 * It escapes the backslashes of an event before it writes it as JSON, which escapes them again: with single ones, when
 * all that an event says has them in pairs; else as it is.
 */
const undoubled = (event: JsonObject): JsonObject => {
  if (!JSON.stringify(event).includes('\\\\\\\\') || !isDoubled(event)) return event;
  return halved(event) as JsonObject;
};

const capital = (name: string): string =>
  /^param\d/.test(name) ? name : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Wazuh, which begins all names with a small letter: archives, alerts, and what its agents send. */
export const fromWazuh = (event: JsonObject): EventShape | undefined => {
  const said = at(event, 'data', 'win') ?? event.win ?? event.WinEvtChannel;
  if (!isObject(said)) return undefined;
  const named = withCapitals(undoubled(said));
  const system = isObject(named.System) ? withCapitals(named.System) : {};
  const data = new EventData();
  for (const [name, part] of Object.entries(named))
    if (name !== 'System' && isObject(part)) data.add(withCapitals(part));
  const { Message: message } = system;
  return {
    system: {
      Channel: system.Channel,
      EventID: system.EventID,
      Provider_Name: system.ProviderName,
      Computer: system.Computer ?? at(event, 'agent', 'name'),
      TimeCreated: system.SystemTime ?? event.timestamp,
      Level: system.Level,
      EventRecordID: system.EventRecordID,
      Version: system.Version,
      Task: system.Task,
      Opcode: system.Opcode,
      Keywords: system.Keywords,
      Message: typeof message === 'string' ? message.replace(/^"([^]*)"$/, '$1') : message,
    },
    data,
    isFlat: false,
  };
};

const withCapitals = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [capital(name), one]));
