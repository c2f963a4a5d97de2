import { LimitPassed } from '../errors.js';
import type { Limits } from './limits.js';
import type { Json, JsonObject } from '../types.js';

type Length = Extract<keyof Limits, `${string}Length` | `${string}Bytes`>;

/**
 * What rules, filters and correlations say of themselves: it is shown wherever they match, so none of it may be long.
 */
const TEXTS: Readonly<Record<string, Length>> = {
  title: 'titleLength',
  description: 'descriptionBytes',
  id: 'idLength',
  name: 'idLength',
  status: 'idLength',
  level: 'idLength',
  author: 'lineLength',
};
const LISTS: Readonly<Record<string, Length>> = {
  tags: 'idLength',
  falsepositives: 'lineLength',
  references: 'lineLength',
  fields: 'fieldLength',
};
const EXTRA_TEXTS: Readonly<Record<string, Length>> = { runbook: 'proseBytes' };
const EXTRA_LISTS: Readonly<Record<string, Length>> = { groupBy: 'fieldLength' };
const SOURCE: Readonly<Record<string, Length>> = { product: 'idLength', category: 'idLength', service: 'idLength' };

const checkText = (key: string, value: Json | undefined, limits: Limits, length: Length): void => {
  if (typeof value !== 'string' || value.length <= limits[length] / 3) return;
  const inBytes = length.endsWith('Bytes');
  const found = inBytes ? Buffer.byteLength(value) : value.length;
  if (found > limits[length])
    throw new LimitPassed(
      `'${key}' has ${found} ${inBytes ? 'bytes' : 'characters'}; it may have ${limits[length]}`,
      length,
      [key],
    );
};

const checkTexts = (map: JsonObject, limits: Limits, texts: Readonly<Record<string, Length>>): void => {
  for (const [key, length] of Object.entries(texts)) checkText(key, map[key], limits, length);
};

const checkList = (
  key: string,
  value: Json | undefined,
  limits: Limits,
  length: Length,
  most: 'listLength' | 'correlationNames' = 'listLength',
): void => {
  if (!Array.isArray(value)) return checkText(key, value, limits, length);
  if (value.length > limits[most])
    throw new LimitPassed(`'${key}' has ${value.length} members; it may have ${limits[most]}`, most, [key]);
  for (const member of value) checkText(key, member, limits, length);
};

const mapOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** @throws LimitPassed */
export const checkAttributes = (document: JsonObject, limits: Limits): void => {
  checkTexts(document, limits, TEXTS);
  for (const [key, length] of Object.entries(LISTS)) checkList(key, document[key], limits, length);
  checkTexts(mapOf(document.logsource), limits, SOURCE);
  const extras = mapOf(document.vigie);
  checkTexts(extras, limits, EXTRA_TEXTS);
  for (const [key, length] of Object.entries(EXTRA_LISTS))
    checkList(key, extras[key], limits, length, 'correlationNames');
  checkTests(extras.tests, limits);
};

const checkTests = (tests: Json | undefined, limits: Limits): void => {
  if (!Array.isArray(tests)) return;
  if (tests.length > limits.listLength)
    throw new LimitPassed(`there are ${tests.length} tests; there may be ${limits.listLength}`, 'listLength', [
      'vigie',
      'tests',
    ]);
  for (const test of tests) checkText('name', mapOf(test).name, limits, 'titleLength');
};

const SECTION_LISTS: Readonly<Record<string, 'listLength' | 'correlationNames'>> = {
  'group-by': 'correlationNames',
  rules: 'listLength',
};

/** The same of what a correlation counts. @throws LimitPassed */
export const checkSection = (section: JsonObject, limits: Limits): void => {
  const most = { ...limits, listLength: limits.correlationRules };
  for (const [key, count] of Object.entries(SECTION_LISTS))
    checkList(key, section[key], most, key === 'rules' ? 'idLength' : 'fieldLength', count);
  checkList('field', mapOf(section.condition).field, limits, 'fieldLength', 'correlationNames');
  const aliases = Object.entries(mapOf(section.aliases));
  if (aliases.length > limits.correlationNames)
    throw new LimitPassed(
      `there are ${aliases.length} aliases; there may be ${limits.correlationNames}`,
      'correlationNames',
      ['aliases'],
    );
  for (const [alias, fields] of aliases) {
    checkText(alias.slice(0, limits.fieldLength), alias, limits, 'fieldLength');
    if (Object.keys(mapOf(fields)).length > limits.correlationRules)
      throw new LimitPassed(
        `'${alias}' is an alias in more than ${limits.correlationRules} rules`,
        'correlationRules',
        ['aliases'],
      );
    for (const name of Object.values(mapOf(fields))) checkText(alias, name, limits, 'fieldLength');
  }
};
