import type { JsonObject } from '../../../json.js';
import { at, compact, textAt, textsOf, type Derived } from '../derived.js';

const wordsAt = (event: JsonObject, key: string): string[] =>
  textsOf(at(event, 'event', key)) ?? textsOf(event[`event.${key}`]) ?? [textAt(event, `event.${key}`) ?? ''];

/**
 * Agents that speak the Elastic Common Schema: what is to be joined or told apart; the mappings' aliases name the rest.
 */
export const ecsOf = (event: JsonObject): Derived | undefined => {
  const categories = wordsAt(event, 'category');
  const category =
    textAt(event, 'event.kind') === 'alert' ? 'finding' : categoryOf(categories, wordsAt(event, 'type'), event);
  if (category === undefined) return undefined;
  const line = textAt(event, 'process.command_line') ?? textsOf(at(event, 'process', 'args'))?.join(' ');
  const isOutgoing =
    category === 'network_connection' && !['ingress', 'inbound'].includes(textAt(event, 'network.direction') ?? '');
  return { category, fields: compact({ CommandLine: line, Initiated: isOutgoing ? 'true' : undefined }) };
};

const categoryOf = (categories: readonly string[], types: readonly string[], event: JsonObject): string | undefined => {
  const of: Of = (...names) => names.some((one) => types.includes(one));
  const found = CATEGORIES.find(([name]) => categories.includes(name));
  return found?.[1](of, event);
};

const actionOf = (event: JsonObject): string => textAt(event, 'event.action') ?? '';

/** The first of an event's categories here tells what it is. */
const CATEGORIES: readonly (readonly [name: string, tell: (of: Of, event: JsonObject) => string | undefined])[] = [
  ['authentication', (of) => (of('end') ? 'logoff' : 'logon')],
  ['session', (of) => (of('end') ? 'logoff' : 'logon')],
  ['malware', () => 'finding'],
  ['intrusion_detection', () => 'finding'],
  ['driver', () => 'driver_load'],
  ['library', () => 'image_load'],
  ['process', (of) => (of('start') ? 'process_creation' : of('end') ? 'process_termination' : undefined)],
  ['file', (of, event) => fileOf(actionOf(event), of)],
  ['registry', (of, event) => registryOf(actionOf(event), of)],
  ['network', (of, event) => networkOf(event, of)],
];

type Of = (...names: string[]) => boolean;

const fileOf = (action: string, of: Of): string | undefined => {
  if (of('deletion')) return 'file_delete';
  if (action === 'rename') return 'file_rename';
  return of('creation', 'change') ? 'file_event' : undefined;
};

const registryOf = (action: string, of: Of): string | undefined => {
  if (of('deletion')) return 'registry_delete';
  if (of('creation')) return 'registry_add';
  return of('change') || action === 'modification' ? 'registry_set' : undefined;
};

const networkOf = (event: JsonObject, of: Of): string | undefined => {
  if (textAt(event, 'dns.question.name') !== undefined) return 'dns_query';
  return of('start', 'connection', 'allowed') ? 'network_connection' : undefined;
};
