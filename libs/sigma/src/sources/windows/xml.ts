/**
 * The XML of Windows events, as JSON: what EvtRender writes, not all of XML. No document types and no entities but the
 * five and numbers, so nothing in it grows; read once from left to right, within bounds.
 */
import type { Json, JsonObject } from '../../json.js';

const MOST_ELEMENTS = 10_000;
const DEEPEST = 24;
const MOST_ATTRIBUTES = 64;

/** `{ "#attributes": { … }, "#text": … }` with its children by name; a list where a name comes more than once. */
type XmlElement = { name: string; attributes: [string, string][]; text: string; children: Map<string, Json[]> };

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;

/** Text without its entities; what is none stays as it is. */
const plainText = (text: string): string =>
  text.includes('&')
    ? text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return NAMED[name] ?? whole;
        const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      })
    : text;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const [SLASH, EQUALS, MORE] = [0x2f, 0x3d, 0x3e];

const skipBlank = (text: string, from: number): number => {
  let here = from;
  while (isBlank(text.charCodeAt(here))) here += 1;
  return here;
};

const nameEnd = (text: string, from: number): number => {
  let here = from;
  for (; here < text.length; here += 1) {
    const code = text.charCodeAt(here);
    if (isBlank(code) || code === SLASH || code === EQUALS || code === MORE || code === 0x3c) break;
  }
  return here;
};

/** The tag that opens at `from`: its element, where it ends, and whether it is empty; undefined for what is no tag. */
const openTag = (text: string, from: number): { element: XmlElement; end: number; isEmpty: boolean } | undefined => {
  let here = nameEnd(text, from + 1);
  if (here === from + 1) return undefined;
  const element: XmlElement = {
    name: localName(text.slice(from + 1, here)),
    attributes: [],
    text: '',
    children: new Map(),
  };
  for (;;) {
    here = skipBlank(text, here);
    const code = text.charCodeAt(here);
    if (code === MORE) return { element, end: here + 1, isEmpty: false };
    if (code === SLASH) return text[here + 1] === '>' ? { element, end: here + 2, isEmpty: true } : undefined;
    const end = nameEnd(text, here);
    const equals = skipBlank(text, end);
    if (end === here || text.charCodeAt(equals) !== EQUALS) return undefined;
    const quote = skipBlank(text, equals + 1);
    const mark = text[quote];
    if (mark !== '"' && mark !== "'") return undefined;
    const close = text.indexOf(mark, quote + 1);
    if (close === -1 || element.attributes.length >= MOST_ATTRIBUTES) return undefined;
    const name = text.slice(here, end);
    if (!name.startsWith('xmlns')) element.attributes.push([localName(name), plainText(text.slice(quote + 1, close))]);
    here = close + 1;
  }
};

const asJson = ({ attributes, text, children }: XmlElement): Json => {
  if (attributes.length === 0 && children.size === 0) return text;
  const members: [string, Json][] = [...children].map(([name, list]) => [name, list.length === 1 ? list[0]! : list]);
  if (attributes.length > 0) members.push(['#attributes', Object.fromEntries(attributes)]);
  if (children.size === 0) members.push(['#text', text]);
  return Object.fromEntries(members);
};

/** Where what is neither text nor element ends: a comment, an instruction; -1 for document types and what is unclosed. */
const asideEnd = (text: string, from: number): number => {
  const [close, length] = text.startsWith('<!--', from)
    ? ['-->', 3]
    : text.startsWith('<?', from)
      ? ['?>', 2]
      : ['', 0];
  const end = close === '' ? -1 : text.indexOf(close, from + 2);
  return end === -1 ? -1 : end + length;
};

class XmlReader {
  private readonly open: XmlElement[] = [];
  private count = 0;
  /** The outermost element, once it is closed. */
  whole: JsonObject | undefined;

  constructor(private readonly text: string) {}

  /** Reads what stands at `from`: where it ends, or -1 when it is no XML. */
  step(from: number): number {
    const { text } = this;
    if (text[from] !== '<') return this.readText(from);
    if (this.whole) return text.startsWith('<!--', from) ? asideEnd(text, from) : -1;
    if (text[from + 1] === '/') return this.close(from);
    if (text.startsWith('<![CDATA[', from)) return this.readVerbatim(from);
    return text[from + 1] === '!' || text[from + 1] === '?' ? asideEnd(text, from) : this.begin(from);
  }

  private readText(from: number): number {
    const next = this.text.indexOf('<', from);
    const end = next === -1 ? this.text.length : next;
    const top = this.open.at(-1);
    if (!top) return skipBlank(this.text, from) >= end ? end : -1;
    top.text += plainText(this.text.slice(from, end));
    return end;
  }

  private readVerbatim(from: number): number {
    const end = this.text.indexOf(']]>', from);
    const top = this.open.at(-1);
    if (!top || end === -1) return -1;
    top.text += this.text.slice(from + 9, end);
    return end + 3;
  }

  private begin(from: number): number {
    const tag = openTag(this.text, from);
    this.count += 1;
    if (!tag || this.count > MOST_ELEMENTS || this.open.length >= DEEPEST) return -1;
    if (tag.isEmpty) this.keep(tag.element);
    else this.open.push(tag.element);
    return tag.end;
  }

  private close(from: number): number {
    const end = this.text.indexOf('>', from);
    const top = this.open.pop();
    if (!top || end === -1 || localName(this.text.slice(from + 2, end).trimEnd()) !== top.name) return -1;
    this.keep(top);
    return end + 1;
  }

  private keep(element: XmlElement): void {
    const parent = this.open.at(-1);
    if (!parent) this.whole = { [element.name]: asJson(element) };
    else {
      const list = parent.children.get(element.name);
      if (list) list.push(asJson(element));
      else parent.children.set(element.name, [asJson(element)]);
    }
  }
}

/**
 * The element that the text is, by its name: `{ Event: { System: … } }`; undefined when the text is no XML, has more
 * behind its element, or goes beyond a bound.
 */
export const xmlOf = (text: string): JsonObject | undefined => {
  const reader = new XmlReader(text);
  let here = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (here < text.length) {
    here = reader.step(here);
    if (here === -1) return undefined;
  }
  return reader.whole;
};
