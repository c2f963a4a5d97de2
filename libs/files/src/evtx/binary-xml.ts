/** XML as EVTX files pack it: tokens, names that stand once in a chunk, templates with places for values. */
import { ChunkCursor, Damaged } from './chunk-cursor.js';
import { valuesOf, type EvtxValue } from './values.js';

/** An element with its values in their places. */
export interface EvtxElement {
  name: string;
  attributes: [name: string, values: EvtxValue[]][];
  children: (EvtxElement | EvtxValue)[];
}

/** A place for a value; `isOptional`: what stands around it is not there without one. */
interface ValuePlace {
  index: number;
  isOptional: boolean;
}
type XmlPiece = EvtxValue | ValuePlace | TemplateElement | TemplateInstance;
interface TemplateElement {
  tag: string;
  attributes: [name: string, pieces: XmlPiece[]][];
  pieces: XmlPiece[];
}
/** A template, and the values for its places. */
interface TemplateInstance {
  template: XmlPiece[];
  values: (EvtxValue[] | XmlPiece[])[];
}

const MOST_DEPTH = 48;
/** Elements and values of one record: a template may be used again and again. */
const MOST_PIECES = 20_000;
const [END, CLOSE, CLOSE_EMPTY, END_ELEMENT] = [0x00, 0x02, 0x03, 0x04];
const [TEXT, ATTRIBUTE, CDATA, CHARACTER, ENTITY, PI_TARGET, PI_DATA] = [0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b];
const [ELEMENT, TEMPLATE, PLACE, OPTIONAL_PLACE, FRAGMENT] = [0x01, 0x0c, 0x0d, 0x0e, 0x0f];
const MORE = 0x40;
const BINARY_XML = 0x21;
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Reads the binary XML of a chunk, whose templates are read once. */
export class BinaryXml {
  private readonly templates = new Map<number, XmlPiece[]>();
  private left = MOST_PIECES;

  constructor(private readonly chunk: Buffer) {}

  /** The root element of a record. @throws Damaged */
  read(from: number, to: number): EvtxElement {
    this.left = MOST_PIECES;
    const pieces = this.pieces(new ChunkCursor(this.chunk, from, to), 0, false);
    const [root] = this.filled(pieces, []).filter((one) => typeof one === 'object');
    if (!root) throw new Damaged('it holds no element');
    return root;
  }

  private count(depth: number): void {
    this.left -= 1;
    if (this.left < 0) throw new Damaged(`it has more than ${MOST_PIECES} parts`);
    if (depth > MOST_DEPTH) throw new Damaged(`it nests deeper than ${MOST_DEPTH}`);
  }

  /** Pieces up to where their element, or the fragment, ends. @param isValue XML that is a value: it says less. */
  private pieces(cursor: ChunkCursor, depth: number, isValue: boolean): XmlPiece[] {
    const pieces: XmlPiece[] = [];
    while (!cursor.isOver) {
      this.count(depth);
      const token = cursor.u8();
      const kind = token & ~MORE;
      if (kind === END || kind === END_ELEMENT) return pieces;
      if (kind === FRAGMENT) cursor.skip(3);
      else if (kind === ELEMENT) pieces.push(this.element(cursor, token, depth, isValue));
      else if (kind === TEMPLATE) pieces.push(this.instance(cursor, depth));
      else pieces.push(...simple(cursor, kind));
    }
    return pieces;
  }

  private element(cursor: ChunkCursor, token: number, depth: number, isValue: boolean): TemplateElement {
    if (!isValue) cursor.skip(2);
    cursor.skip(4);
    const made: TemplateElement = { tag: cursor.name(), attributes: [], pieces: [] };
    if (token & MORE) cursor.skip(4);
    for (;;) {
      this.count(depth);
      const kind = cursor.u8() & ~MORE;
      if (kind === CLOSE_EMPTY) return made;
      if (kind === CLOSE) break;
      if (kind === ATTRIBUTE) made.attributes.push([cursor.name(), []]);
      else made.attributes.at(-1)?.[1].push(...simple(cursor, kind));
    }
    made.pieces = this.pieces(cursor, depth + 1, isValue);
    return made;
  }

  private instance(cursor: ChunkCursor, depth: number): TemplateInstance {
    cursor.skip(5);
    const offset = cursor.u32();
    const isHere = offset === cursor.at;
    const template = this.template(offset, depth + 1);
    if (isHere) {
      cursor.skip(20);
      cursor.skip(cursor.u32());
    }
    const count = cursor.u32();
    if (count * 4 > cursor.end - cursor.at) throw new Damaged(`it has ${count} values`);
    const said = Array.from({ length: count }, () => {
      const [size, type] = [cursor.u16(), cursor.u8()];
      cursor.skip(1);
      return { size, type };
    });
    const values = said.map(({ size, type }) => {
      this.count(depth);
      const from = cursor.at;
      const bytes = cursor.bytes(size);
      if (type !== BINARY_XML) return valuesOf(bytes, type);
      return this.pieces(new ChunkCursor(cursor.chunk, from, from + size), depth + 1, true);
    });
    return { template, values };
  }

  private template(offset: number, depth: number): XmlPiece[] {
    const known = this.templates.get(offset);
    if (known) return known;
    const cursor = new ChunkCursor(this.chunk, offset, this.chunk.length);
    cursor.skip(20);
    const size = cursor.u32();
    const pieces = this.pieces(new ChunkCursor(this.chunk, cursor.at, cursor.at + size), depth, false);
    this.templates.set(offset, pieces);
    return pieces;
  }

  /** Pieces with the values of their template in their places. */
  private filled(
    pieces: readonly XmlPiece[],
    values: TemplateInstance['values'],
    depth = 0,
  ): (EvtxElement | EvtxValue)[] {
    return pieces.flatMap((piece): (EvtxElement | EvtxValue)[] => {
      this.count(depth);
      if (typeof piece !== 'object') return [piece];
      if ('template' in piece) return this.filled(piece.template, piece.values, depth + 1);
      if ('index' in piece) return this.filled(values[piece.index] ?? [], [], depth + 1);
      const isLeft = piece.pieces.length === 1 && isMissing(piece.pieces[0], values);
      return isLeft ? [] : [this.elementOf(piece, values, depth)];
    });
  }

  private elementOf(piece: TemplateElement, values: TemplateInstance['values'], depth: number): EvtxElement {
    return {
      name: piece.tag,
      attributes: piece.attributes
        .map(([name, parts]): EvtxElement['attributes'][number] => [
          name,
          this.filled(parts, values, depth + 1).filter((one) => typeof one !== 'object'),
        ])
        .filter(([, parts]) => parts.length > 0),
      children: this.filled(piece.pieces, values, depth + 1),
    };
  }
}

/** An optional place without a value: the element that holds nothing else is not there. */
const isMissing = (piece: XmlPiece | undefined, values: TemplateInstance['values']): boolean =>
  typeof piece === 'object' && 'index' in piece && piece.isOptional && (values[piece.index] ?? []).length === 0;

/** What is no element. */
const simple = (cursor: ChunkCursor, kind: number): XmlPiece[] => {
  switch (kind) {
    case TEXT:
      cursor.skip(1);
      return [cursor.text(cursor.u16())];
    case CDATA:
      return [cursor.text(cursor.u16())];
    case CHARACTER:
      return [String.fromCharCode(cursor.u16())];
    case ENTITY: {
      const name = cursor.name();
      return [ENTITIES.get(name) ?? `&${name};`];
    }
    case PI_TARGET:
      cursor.name();
      return [];
    case PI_DATA:
      cursor.skip(cursor.u16() * 2);
      return [];
    case PLACE:
    case OPTIONAL_PLACE: {
      const index = cursor.u16();
      cursor.skip(1);
      return [{ index, isOptional: kind === OPTIONAL_PLACE }];
    }
    default:
      throw new Damaged(`there is no token ${kind}`);
  }
};
