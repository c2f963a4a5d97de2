/**
 * A source: how one vendor's native events become what rules speak of, their logsources and fields. To add one:
 *   1. make `<vendor>/index.ts`, the vendor's name being the contract's kind in kebab-case: a mapping, and which rules
 *      are for its events; `<vendor>/fixtures/events.jsonl` (an event of every form, one a line) and
 *      `<vendor>/index.spec.ts`;
 *   2. add it to the sorted list in `index.ts`; a test keeps the list complete.
 * Only where rules need what no field of the event holds as it stands: `<vendor>/derivations.ts`, named in
 * `derivations.ts`.
 */
import type { DERIVATIONS } from './derivations.js';

/** Where an event comes from, in Sigma's words. A rule runs when everything its own logsource names is equal here. */
export type Logsource = { product?: string; category?: string; service?: string };

/** Every field named has one of its values, compared without case; `''` stands for a field that is not there. */
export type When = Readonly<Record<string, readonly string[]>>;

/**
 * Signs of a form in which fields are not found by name: a member that is there, a list, an object or a list of them,
 * text that is structured itself (`<…`, `{…`). Dotted paths from the event on; keys also as one name with its dots.
 */
export type Reshaped = Readonly<Record<'keys' | 'lists' | 'objects' | 'texts', readonly string[]>>;

/** How native events of one kind become logsources and field names: pure data. */
export type SourceMapping = {
  /** Paths of objects whose keys are field names of their own, best first; `*` means every child. */
  containers: readonly string[];
  /** Field names that may be written without the spaces they have in the event (Defender). */
  withoutSpaces: boolean;
  /** Field names are sought without minding their case when they are not there as written. */
  anyCase: boolean;
  /** What is made of the event before its fields are sought. Such events are always parsed. */
  derives?: keyof typeof DERIVATIONS;
  /** Which events it is made of; absent: of all of them. */
  reshaped?: Reshaped;
  /** field -> the field whose text `NAME=value,…` it is a part of, and its NAME there, when the event has no such field. */
  parts?: Readonly<Record<string, { of: string; name: string }>>;
  /** Fields that decide about logsources: the answer is remembered per combination of their values. */
  selectors: readonly string[];
  logsources: readonly { when: When; logsource: Logsource }[];
  /** field -> other names to try, in order, when the event has no such field. */
  aliases: readonly { when: When; fields: Readonly<Record<string, readonly string[]>> }[];
  /** The fields that name the entity an event is about, when a rule has no groupBy. */
  entity: readonly string[];
  /**
   * Lists of pairs in an event, which are fields of their own: their names and values are found as those of containers.
   * For mappings with `anyCase`.
   */
  pairs?: readonly { list: string; name: string; values: readonly string[] }[];
  /** field (lower-case) -> names to try before the event's own field of that name. For mappings with `anyCase`. */
  preferred?: Readonly<Record<string, readonly string[]>>;
  /**
   * field (lower-case) -> the value it has because of what the event is, whatever the event says under that name. For
   * mappings with `anyCase`.
   */
  stated?: readonly { when: When; fields: Readonly<Record<string, string>> }[];
};

/** One vendor: its events, and the rules that are for them. */
export type MappedSource = {
  /**
   * Of rules that are for these events: the product, or a category for rules without a product. `service`: what it
   * begins with, where products share a name.
   */
  rules: readonly Logsource[];
  mapping: SourceMapping;
};
