/** Windows events that come as XML: each a piece of its own, over as many lines as it has. */
import { isUtf8 } from 'node:buffer';
import { readSyslogHeader } from '#libs/sigma';
import { skipInLine } from './json-scan.js';
import type { MessagePiece } from './source.js';

const [LESS, GREATER] = [0x3c, 0x3e];
const CLOSE = '</Event>';

const standsAt = (bytes: Buffer, from: number, text: string): boolean =>
  bytes.toString('latin1', from, from + text.length) === text;

/** Whether the tag of an event, and no other whose name begins alike, stands here. */
const isEvent = (bytes: Buffer, from: number): boolean =>
  standsAt(bytes, from, '<Event') && /^[\s>]/.test(bytes.toString('latin1', from + 6, from + 7));

/** What may stand around events, and how it ends: a declaration, comments, the element that holds them all. */
const ASIDES = [
  ['<?xml', '?>'],
  ['<!--', '-->'],
  ['<Events', '>'],
  ['</Events', '>'],
] as const;

/** Where that text ends, or -1. */
const endBehind = (bytes: Buffer, from: number, text: string): number => {
  const found = bytes.indexOf(text, from, 'latin1');
  return found === -1 ? -1 : found + text.length;
};

export interface XmlPart {
  /** -1: it does not close. */
  end: number;
  /** Absent for what only stands around events. */
  event?: Buffer;
}

/** The event, or what stands around events, that begins here; undefined for anything else. */
export const xmlPartAt = (bytes: Buffer, from: number): XmlPart | undefined => {
  if (bytes[from] !== LESS) return undefined;
  if (isEvent(bytes, from)) {
    const end = endBehind(bytes, from, CLOSE);
    return end === -1 ? { end } : { end, event: bytes.subarray(from, end) };
  }
  const aside = ASIDES.find(([open]) => standsAt(bytes, from, open));
  return aside && { end: endBehind(bytes, from, aside[1]) };
};

/** An event as JSON that holds its XML as it is; bytes of another encoding are left for their dead letter. */
export const xmlAsJson = (event: Buffer): Buffer =>
  isUtf8(event) ? Buffer.from(JSON.stringify({ message: event.toString('utf8') })) : event;

/** The event behind a syslog header when it is the whole message part; undefined for any other line. */
export const headedXml = (line: Buffer): MessagePiece | undefined => {
  if (line.at(-1) !== GREATER || !line.subarray(-CLOSE.length).equals(Buffer.from(CLOSE))) return undefined;
  const header = readSyslogHeader(line.toString('latin1'));
  if (!header) return undefined;
  const start = skipInLine(line, header.end);
  const part = isEvent(line, start) ? xmlPartAt(line, start) : undefined;
  return part?.event && part.end === line.length ? { bytes: line, header, json: xmlAsJson(part.event) } : undefined;
};
