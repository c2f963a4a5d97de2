/**
 * A message taken apart, by one rule for every way in: it is JSON when the whole of it is, or a sequence of values
 * (lines, values that follow each other, pretty-printed or not, with a byte order mark or NUL between them); behind a
 * syslog header when the whole message part is. Anything else is text, line by line, and no line spoils another; to
 * sources that take no text, a table with its header is an event a row.
 */
import { auditId, MOST_AUDIT_LINES } from './text-lines.js';
import { FieldNames } from './field-names.js';
import { headedValues } from './headed-values.js';
import { holdsEvents, lineObjectOf, valueOf, valuesIn, withinKeys } from './json-events.js';
import {
  indexIn,
  isObjectEnd,
  isObjectStart,
  isValueStart,
  skipBlank,
  skipInLine,
  valueEnd,
  withoutEnd,
} from './json-scan.js';
import type { MessageForm, MessagePiece, NativeObject } from './source.js';
import { orItself } from './or-itself.js';
import { tablePieces } from './table-pieces.js';
import { printed, unwrapped as shipped, type LineReading } from './wrapped-lines.js';
import { unwrapped } from '../unwrap/index.js';
import { Unwrapping } from '../unwrap/unwrapping.js';
import { blockAsJson, blockEnd, hostOfBlock, notBelieved, snareLine } from './windows-text.js';
import { headedXml, xmlPartAt, xmlAsJson } from './xml-events.js';

const NEWLINE = 0x0a;
/** What is looked at in vain for values over several lines, for each byte of the message. */
const MOST_IN_VAIN = 4;

/** Whether a line that begins so goes on with a value over several lines: what such values have inside. */
const goesOn = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x22 || byte === 0x7d || byte === 0x5d;

interface Sequence {
  values: Buffer[];
  /** Where what is left begins. */
  end: number;
  /** A value that does not close, or no value at all. */
  left: 'nothing' | 'value' | 'text';
}

class Cutter {
  readonly found: MessagePiece[] = [];
  private vain: number;
  private readonly names: FieldNames | undefined;
  private readonly reading: LineReading;
  /** The next line break and the next NUL from an index on: each byte is looked for them once. */
  private readonly known = { from: 0, newline: -1, nul: -1 };
  /** Some XML does not close: none is looked for any more. */
  private isXmlOver = false;
  /** Audit records of one event, which are one piece. */
  private audit = { id: '', from: 0, lines: 0, pieces: 0 };
  /** Splunk's blocks: who the first is of. */
  private blocks: { host: string | undefined } | undefined;

  constructor(
    private readonly message: Buffer,
    private readonly form: MessageForm,
    private readonly most: number,
    private readonly unwrapping: Unwrapping,
  ) {
    this.vain = MOST_IN_VAIN * message.length;
    this.names = FieldNames.in(message, form);
    this.reading = { form, open: (json) => unwrapped(json, form, unwrapping.ofText(), cutWithin) };
  }

  cut(): MessagePiece[] {
    let here = skipBlank(this.message, 0);
    while (here < this.message.length && this.found.length < this.most) {
      const end = isValueStart(this.message[here]) ? this.values(here) : this.line(here);
      here = skipBlank(this.message, end);
    }
    return this.found;
  }

  /** Where the line that `from` is in ends: at a line break, or NUL. */
  private lineEnd(from: number): number {
    const { message, known } = this;
    if (from < known.from || from > known.newline) known.newline = indexIn(message, NEWLINE, from);
    if (from < known.from || from > known.nul) known.nul = indexIn(message, 0, from);
    known.from = from;
    return Math.min(known.newline, known.nul, message.length);
  }

  /** The end of the value at `from`, or -1. Over several lines only what parses is one: lines may happen to close. */
  private valueEnd(from: number): number {
    const line = this.lineEnd(from);
    const end = valueEnd(this.message, from, this.vain > 0 ? this.message.length : line);
    if (end >= 0 && end <= line) return end;
    // Also of one that parses: what is made of it may be refused, and the next line begin another.
    this.vain -= Math.max(0, (end < 0 ? ~end : end) - line);
    return end >= 0 && valueOf(this.message.subarray(from, end)) !== undefined ? end : -1;
  }

  /** The values that follow each other from here to the end of a line. */
  private sequence(from: number): Sequence {
    const values: Buffer[] = [];
    for (let here = from; ; ) {
      const end = this.valueEnd(here);
      if (end === -1) return { values, end: here, left: 'value' };
      values.push(this.message.subarray(here, end));
      here = skipInLine(this.message, end);
      if (here === this.message.length || this.message[here] === NEWLINE) return { values, end: here, left: 'nothing' };
      if (!isValueStart(this.message[here])) return { values, end: here, left: 'text' };
    }
  }

  /** The usual line: an object and nothing besides. -1 for any other, and where no more may be kept. */
  private object(from: number): number {
    const { message, form, unwrapping } = this;
    const end = this.lineEnd(from);
    // Behind a NUL the same line may go on.
    if (form.isRaw || message[end] === 0) return -1;
    const line = withoutEnd(message, from, end);
    const said = isObjectEnd(line.at(-1)) && unwrapping.parses(line.length) ? lineObjectOf(line) : undefined;
    if (!said) return -1;
    const pieces = unwrapped(line, form, unwrapping, cutWithin, said);
    if (pieces) this.take(pieces);
    else this.pushEvents(line, said);
    return end;
  }

  private values(here: number): number {
    const lineEnd = isObjectStart(this.message[here]) ? this.object(here) : -1;
    if (lineEnd !== -1) return lineEnd;
    const { values, end, left } = this.sequence(here);
    if (left === 'nothing' && values.length === 1 && isObjectStart(this.message[here])) {
      // The usual line: whether it parses is found out once, when it is read.
      this.push(values);
      return end;
    }
    if (this.form.text) {
      if (left !== 'nothing' || !values.every(holdsEvents)) return this.line(here);
      this.push(values);
      return end;
    }
    if (left === 'text') return this.whole(here, this.lineEnd(end));
    this.push(values);
    return left === 'nothing' ? end : this.broken(end);
  }

  private push(values: Buffer[]): void {
    for (const value of values)
      for (const one of valuesIn(value, this.most - this.found.length))
        if (!this.pushWrapped(one)) this.pushEvents(one);
  }

  /** @param said what the value says, where that is known. */
  private pushEvents(value: Buffer, said?: NativeObject): void {
    for (const json of withinKeys(value, this.form, said)) {
      const isWhole = json === value;
      if (!isWhole && this.pushWrapped(json)) continue;
      const inside = this.shipped(json, this.unwrapping, isWhole ? said : undefined);
      if (inside) this.take(inside);
      else this.found.push(isWhole && said ? { bytes: json, json, value: said } : { bytes: json, json });
    }
  }

  private shipped(json: Buffer, { isText } = this.unwrapping, said?: NativeObject): MessagePiece[] | undefined {
    return orItself(() => shipped(json, this.reading, isText, said));
  }

  /** What a value behind a header stands around. */
  private behindHeader(json: Buffer): MessagePiece[] | undefined {
    return this.reading.open(json) ?? this.shipped(json, this.unwrapping.ofText());
  }

  /** Whether a value is what a service put around events. */
  private pushWrapped(value: Buffer): boolean {
    const pieces = unwrapped(value, this.form, this.unwrapping, cutWithin);
    this.take(pieces ?? []);
    return pieces !== undefined;
  }

  /** Not spread: of hundreds of thousands there would be too many arguments. */
  private take(pieces: MessagePiece[]): void {
    for (const piece of pieces) this.found.push(piece);
  }

  /** A part that is no JSON, as one piece: its dead letter says why. */
  private whole(from: number, to: number): number {
    const bytes = withoutEnd(this.message, from, to);
    this.found.push({ bytes, json: bytes });
    return from + bytes.length;
  }

  /** A value that does not close: the events of an array are still read, and the last one tells what is wrong. */
  private broken(from: number): number {
    const { message } = this;
    if (!isObjectStart(message[from]) && isObjectStart(message[skipBlank(message, from + 1)])) {
      this.push([message.subarray(from)]);
      return message.length;
    }
    let end = this.lineEnd(from);
    while (message[end] === NEWLINE && goesOn(message[end + 1])) end = this.lineEnd(end + 1);
    return this.whole(from, end);
  }

  /** A line that does not begin with a value. */
  private line(from: number): number {
    const behind = this.form.xml ? this.xml(from) : -1;
    if (behind !== -1) return behind;
    const block = this.form.xml ? blockEnd(this.message, from, this.form.isOne ?? this.unwrapping.isText) : -1;
    if (block !== -1) return this.block(from, block);
    const bytes = withoutEnd(this.message, from, this.lineEnd(from));
    const end = from + bytes.length;
    const values = this.form.isRaw
      ? undefined
      : (headedValues(bytes, this.form, (json) => this.behindHeader(json)) ?? printed(bytes, this.reading));
    const xml = this.form.xml && !this.form.isRaw && !values ? (headedXml(bytes) ?? snareLine(bytes)) : undefined;
    if (values) this.take(values);
    else if (xml) this.found.push(xml);
    else if (!this.form.text) this.found.push({ bytes, json: bytes });
    else this.text(bytes, from);
    return end;
  }

  /** Where an event that comes as XML ends, or what stands around such; -1 where there is none, or none that closes. */
  private xml(from: number): number {
    const part = this.isXmlOver ? undefined : xmlPartAt(this.message, from);
    if (!part || part.end === -1) {
      this.isXmlOver ||= part !== undefined;
      return -1;
    }
    const { event } = part;
    if (event) this.found.push(this.form.isRaw ? { bytes: event } : { bytes: event, json: xmlAsJson(event) });
    return part.end;
  }

  /** Splunk's block of a Windows event. */
  private block(from: number, end: number): number {
    const written = this.message.subarray(from, end);
    const bytes = this.blocks ? notBelieved(written, this.blocks.host) : written;
    this.blocks ??= { host: hostOfBlock(written) };
    const json = this.form.isRaw ? undefined : (blockAsJson(bytes) ?? bytes);
    this.found.push({ bytes, ...(json && { json }) });
    return end;
  }

  private text(bytes: Buffer, from: number): void {
    const under = this.names?.under(bytes);
    if (under === null) return;
    const id = this.form.isRaw ? undefined : auditId(bytes);
    const { audit, found } = this;
    if (id !== undefined && id === audit.id && audit.pieces === found.length && audit.lines < MOST_AUDIT_LINES) {
      audit.lines += 1;
      found[found.length - 1] = { bytes: this.message.subarray(audit.from, from + bytes.length) };
      return;
    }
    found.push({ bytes, ...under });
    if (id !== undefined) this.audit = { id, from, lines: 1, pieces: found.length };
  }
}

/**
 * The pieces of a message, slices of it. Linear in its bytes.
 * @param most pieces after which nothing is looked for any more.
 * @param unwrapping where bytes stand in wrappers: what those of their message may still take.
 */
export const piecesIn = (
  message: Buffer,
  form: MessageForm,
  most = Infinity,
  unwrapping = new Unwrapping(),
): MessagePiece[] => tablePieces(message, form) ?? new Cutter(message, form, most, unwrapping).cut();

const cutWithin = (bytes: Buffer, form: MessageForm, unwrapping: Unwrapping): MessagePiece[] =>
  piecesIn(bytes, form, Infinity, unwrapping);
