import type { JsonObject } from '../../json.js';
import { at, compact, isObject, textAt, type Derived } from '../shared/derived.js';

const CATEGORIES = new Map([
  ['1', 'process_creation'],
  ['3', 'network_connection'],
  ['5', 'process_termination'],
  ['9', 'raw_access_thread'],
  ['10', 'process_access'],
  ['11', 'file_event'],
  ['23', 'file_delete'],
  ['25', 'process_tampering'],
]);

const ENTITIES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
const unescape = (text: string): string =>
  text.replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES.get(name) ?? '');

/**
 * Sysmon for Linux: XML in a log line, or JSON as the collectors of Windows' events write it; undefined for anything
 * else.
 */
export const sysmonOf = (event: JsonObject, text: string): Derived | undefined => {
  if (text.includes('Linux-Sysmon') && text.includes('<EventID>')) return ofXml(text);
  const provider = textAt(
    event,
    'Event.System.Provider.Name',
    'Event.System.Provider.#attributes.Name',
    'winlog.provider_name',
    'Provider_Name',
    'ProviderName',
    'SourceName',
    'Provider.Name',
    'provider_name',
  );
  const channel = textAt(event, 'Event.System.Channel', 'winlog.channel', 'Channel') ?? '';
  if (provider !== 'Linux-Sysmon' && !channel.startsWith('Linux-Sysmon')) return undefined;
  const data =
    [at(event, 'Event', 'EventData'), event.EventData, at(event, 'winlog', 'event_data')].find(isObject) ?? {};
  const id = textAt(
    event,
    'Event.System.EventID',
    'Event.System.EventID.#text',
    'winlog.event_id',
    'EventID',
    'event_id',
    'event.code',
  );
  return {
    category: CATEGORIES.get(id ?? ''),
    service: 'sysmon',
    fields: compact({
      ...data,
      EventID: id,
      Computer: textAt(event, 'Event.System.Computer', 'winlog.computer_name', 'Computer', 'host.name'),
    }),
  };
};

const ofXml = (text: string): Derived => {
  const fields: JsonObject = {};
  for (const [, name = '', value = ''] of text.matchAll(/<Data Name="([^"<>]*)"\s*>([^<]*)<\/Data>/g))
    fields[name] = unescape(value);
  const id = /<EventID>(\d+)<\/EventID>/.exec(text)?.[1] ?? '';
  const computer = /<Computer>([^<]*)<\/Computer>/.exec(text)?.[1];
  return {
    category: CATEGORIES.get(id),
    service: 'sysmon',
    fields: compact({ ...fields, EventID: id, Computer: computer }),
  };
};
