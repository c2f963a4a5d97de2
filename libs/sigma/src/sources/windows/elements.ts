/** Elements of XML as its converters to JSON write them: text and attributes, each by any of their names. */
import type { Json, JsonObject } from '../../json.js';
import { isObject } from '../shared/derived.js';

/** Where the text stands: evtx and xmltodict, xml2js, xml2json, XmlSimple, xj2json, x2js, … */
const TEXTS = ['#text', '_', '$t', 'content', '#content', '__text', '_text', '$text', '#', '$value', 'Value', 'value'];
const ATTRIBUTES = ['#attributes', '$', '@attributes', '_attributes', 'attributes', '$attributes', '@'];
const PREFIXES = ['', '@', '@_', '_', '-', '$'];

/** A list of one is what it holds: xml2js makes a list of every element. */
export const single = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) && value.length === 1 ? value[0] : value;

/** Whether a key is the converter's own and no element. */
export const isMark = (key: string, value: Json | undefined): boolean =>
  /^[@$#_-]/.test(key) || key === 'xmlns' || (ATTRIBUTES.includes(key) && isObject(value));

/** The text of an element; undefined when it has none. */
export const elementText = (element: Json | undefined): Json | undefined => {
  const one = single(element);
  if (!isObject(one)) return one;
  for (const key of TEXTS) if (Object.hasOwn(one, key)) return single(one[key]);
  return undefined;
};

/** An attribute of an element; undefined when it has none of that name. */
export const attributeOf = (element: Json | undefined, name: string): Json | undefined => {
  const one = single(element);
  if (!isObject(one)) return undefined;
  for (const prefix of PREFIXES) {
    const found = one[`${prefix}${name}`];
    if (Object.hasOwn(one, `${prefix}${name}`) && !isObject(found)) return single(found);
  }
  for (const key of ATTRIBUTES) {
    const attributes = Object.hasOwn(one, key) ? single(one[key]) : undefined;
    if (!isObject(attributes)) continue;
    for (const own of [name, `@${name}`]) if (Object.hasOwn(attributes, own)) return single(attributes[own]);
  }
  return undefined;
};

/** Members that stand beside an element's text and are no fields. */
const BESIDE = new Set(['Name', 'Key', 'key', 'Type', ...TEXTS]);

/** Whether an object is an element with its text and attributes, and not an object of fields. */
export const isElement = (value: JsonObject): boolean => {
  let any = false;
  for (const [key, member] of Object.entries(value)) {
    if (isMark(key, member) || TEXTS.includes(key)) any = true;
    else if (!BESIDE.has(key)) return false;
  }
  return any;
};
