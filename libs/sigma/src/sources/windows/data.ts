/** What an event says itself (EventData, UserData) as fields by name, in whatever form a converter left it. */
import { jsonInText } from '../../json-cost.js';
import type { Json, JsonObject } from '../../json.js';
import { isObject } from '../shared/derived.js';
import { attributeOf, elementText, isElement, isMark, single } from './elements.js';
import { xmlOf } from './xml.js';

const MOST_VALUES = 1_000;
const DEEPEST = 6;
/** Elements around data that are no fields: of Azure's exports, of XML as it stands. */
const WRAPPERS = new Set(['EventData', 'DataItem', 'EventXML', 'ProcessingErrorData']);
const DATA = new Set(['Data', 'data', 'Param', 'ComplexData']);

export class EventData {
  private readonly fields = new Map<string, Json[]>();
  private count = 0;

  /** The fields: a name met more than once has a list; data without a name are `Data`. */
  record(): JsonObject {
    return Object.fromEntries([...this.fields].map(([name, list]) => [name, list.length === 1 ? list[0]! : list]));
  }

  add(data: Json | undefined, depth = 0): this {
    const value = single(data);
    if (typeof value === 'string') this.addText(value, depth);
    else if (Array.isArray(value)) for (const one of value) this.addElement(one, false, depth);
    else if (isObject(value) && depth < DEEPEST) this.addMembers(value, depth);
    return this;
  }

  /** UserData: fields lie in one element more, named as the provider likes. */
  addUserData(data: Json | undefined): this {
    const value = single(typeof data === 'string' ? parsedText(data) : data);
    if (!isObject(value)) return this;
    for (const [name, member] of Object.entries(value)) {
      if (isMark(name, member) || name === 'xml_name') continue;
      const child = single(member);
      if (name === 'UserData') this.addUserData(child);
      else if (isObject(child) && !isElement(child)) this.add(child);
      else this.put(name, plain(member));
    }
    return this;
  }

  put(name: string, value: Json): void {
    if (this.count >= MOST_VALUES) return;
    this.count += 1;
    const field = name === '' ? 'Data' : name;
    const list = this.fields.get(field);
    if (list) list.push(value);
    else this.fields.set(field, [value]);
  }

  private addText(text: string, depth: number): void {
    const parsed = parsedText(text);
    if (parsed) this.add(parsed, depth + 1);
    else if (text.trim() !== '') this.put('Data', text);
  }

  private addMembers(value: JsonObject, depth: number): void {
    for (const [name, member] of Object.entries(value)) {
      if (WRAPPERS.has(name)) this.add(member, depth + 1);
      else if (name === 'UserData') this.addUserData(member);
      else if (DATA.has(name)) this.addList(member, name === 'data', depth);
      else if (!isMark(name, member)) this.put(name, plain(member));
    }
    if (Object.hasOwn(value, '#text') && typeof value['#text'] === 'string') this.addText(value['#text'], depth);
  }

  private addList(value: Json | undefined, areFields: boolean, depth: number): void {
    if (depth >= DEEPEST) return;
    for (const one of Array.isArray(value) ? value : [value ?? null]) this.addElement(one, areFields, depth);
  }

  /** @param areFields a member is an object of fields, whatever they are called: the Collector's form */
  private addElement(one: Json, areFields: boolean, depth: number): void {
    if (Array.isArray(one)) return void (depth < DEEPEST && this.addList(one, areFields, depth + 1));
    if (!isObject(one)) return void (one !== null && this.put('Data', one));
    if (areFields || !(isElement(one) || isNameAlone(one))) return void this.add(one, depth + 1);
    const name = attributeOf(one, 'Name') ?? attributeOf(one, 'Key') ?? one.key;
    const text = elementText(one);
    if (typeof name === 'string') this.put(name, text ?? null);
    else if (text !== undefined) this.addList(text, false, depth + 1);
  }
}

/** Data without text, of a converter that writes attributes as plain members. */
const isNameAlone = (one: JsonObject): boolean => Object.hasOwn(one, 'Name') && Object.keys(one).length === 1;

/** The value of a plain element: its text, or a list of those of its like; nothing of lists within ever more lists. */
const plain = (value: Json, depth = 0): Json => {
  const one = single(value) ?? null;
  if (Array.isArray(one)) return depth < DEEPEST ? one.map((each) => plain(each, depth + 1)) : null;
  return isObject(one) && isElement(one) ? (elementText(one) ?? null) : one;
};

/** EventData as exporters flatten it into text: JSON or XML. */
const parsedText = (text: string): JsonObject | undefined => {
  const start = text.trimStart();
  if (start.startsWith('<')) return xmlOf(text) ?? xmlOf(`<EventData>${text}</EventData>`);
  if (!start.startsWith('{') && !start.startsWith('[')) return undefined;
  const value = jsonInText(text);
  return isObject(value) ? value : Array.isArray(value) ? { Data: value } : undefined;
};
