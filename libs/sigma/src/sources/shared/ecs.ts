import type { JsonObject } from '../../json.js';
import { at, compact, textAt, textsOf, type Derived } from './derived.js';

const wordsAt = (event: JsonObject, key: string): string[] =>
  textsOf(at(event, 'event', key)) ?? textsOf(event[`event.${key}`]) ?? [textAt(event, `event.${key}`) ?? ''];

/**
 * Agents that speak the Elastic Common Schema: what is to be joined or told apart; the mappings' aliases name the rest.
 */
export const ecsOf = (event: JsonObject): Derived | undefined => {
  const category = categoryOf(wordsAt(event, 'category'), wordsAt(event, 'type'));
  if (category === undefined) return undefined;
  const line = textAt(event, 'process.command_line') ?? textsOf(at(event, 'process', 'args'))?.join(' ');
  const isOutgoing =
    category === 'network_connection' && !['ingress', 'inbound'].includes(textAt(event, 'network.direction') ?? '');
  return { category, fields: compact({ CommandLine: line, Initiated: isOutgoing ? 'true' : undefined }) };
};

const categoryOf = (categories: readonly string[], types: readonly string[]): string | undefined => {
  if (categories.includes('process') && types.includes('start')) return 'process_creation';
  if (categories.includes('file') && types.some((type) => ['creation', 'change'].includes(type))) return 'file_event';
  return categories.includes('network') && types.some((type) => ['start', 'connection'].includes(type))
    ? 'network_connection'
    : undefined;
};
