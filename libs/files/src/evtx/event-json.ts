import type { EvtxElement } from './binary-xml.js';
import type { EvtxValue } from './values.js';

type EventJson = EvtxValue | null | EventJson[] | { [name: string]: EventJson };

/** Several under one name are a list. */
const put = (into: Map<string, EventJson>, name: string, value: EventJson): void => {
  const known = into.get(name);
  if (known === undefined) into.set(name, value);
  else into.set(name, [...(Array.isArray(known) ? known : [known]), value]);
};

const joined = (values: readonly EvtxValue[]): EvtxValue => (values.length === 1 ? (values[0] ?? '') : values.join(''));

/** `<Data Name="Image">` is a member Image; Data without a name are a list in their order. */
const nameOf = ({ name, attributes }: EvtxElement): string => {
  const said = name === 'Data' ? attributes.find(([attribute]) => attribute === 'Name') : undefined;
  return said ? String(joined(said[1])) : name;
};

const jsonOf = (element: EvtxElement): EventJson => {
  const isNamed = nameOf(element) !== element.name;
  const attributes = element.attributes.filter(([name]) => !(isNamed && name === 'Name'));
  const texts = element.children.filter((one) => typeof one !== 'object');
  const members = new Map<string, EventJson>();
  if (attributes.length > 0)
    members.set('#attributes', Object.fromEntries(attributes.map(([name, values]) => [name, joined(values)])));
  for (const child of element.children) if (typeof child === 'object') put(members, nameOf(child), jsonOf(child));
  if (members.size === 0) return texts.length === 0 ? null : texts.length === 1 ? (texts[0] ?? null) : texts;
  if (texts.length > 0) members.set('#text', texts.length === 1 ? (texts[0] ?? null) : texts);
  return Object.fromEntries(members);
};

/** An event as JSON: elements are members, attributes stand under `#attributes`, text beside them under `#text`. */
export const eventJson = (root: EvtxElement): Buffer => Buffer.from(JSON.stringify({ [root.name]: jsonOf(root) }));
