/**
 * Takes events out of what services put around them when they pass them on, by one table for every way in and every
 * kind of source; what is said around them becomes their envelope. Bounded for a message as a whole: how deep wrappers
 * stand in each other, and what comes out of them.
 */
import { inText } from '../envelope/shippers.js';
import { whyUnreadable } from '../ingest/unreadable-bytes.js';
import { saysNothing } from '../ingest/said-json.js';
import { orItself } from '../sources/or-itself.js';
import { valueOf } from '../sources/json-events.js';
import { isObjectStart, namesAmong } from '../sources/json-scan.js';
import { pieceIn } from '../sources/piece-in.js';
import { deeperThan, isObject } from '../sources/json-values.js';
import type { MessageForm, MessagePiece, NativeObject } from '../sources/source.js';
import { ofAws } from './aws.js';
import { ofNotices } from './aws-notices.js';
import { flowTuples } from './flow-tuples.js';
import { ofLoggers } from './loggers.js';
import { ofOthers } from './others.js';
import { TOO_MUCH, type Unwrapping } from './unwrapping.js';
import type { WrappedPart, Wrapper, WrapperProblem } from './wrapper.js';

/** Of a wrapper and all in it; what nests deeper is an event that is refused for it. */
const MOST_DEPTH = 400;
const WRAPPERS = new Map<string, Wrapper[]>();
for (const one of [...ofAws, ...ofNotices, ...ofOthers, ...ofLoggers, ...flowTuples])
  WRAPPERS.set(one.mark, [...(WRAPPERS.get(one.mark) ?? []), one]);
const MARKS: ReadonlySet<string> = new Set(WRAPPERS.keys());
const LENGTHS: ReadonlySet<number> = new Set([...MARKS].map(({ length }) => length));

const NOTHING: WrapperProblem = { code: 'EMPTY', sentence: 'What is wrapped holds nothing.' };

/** How bytes are taken apart, which this does not know itself. */
type Cut = (bytes: Buffer, form: MessageForm, unwrapping: Unwrapping) => MessagePiece[];

const isParsed = (json: Buffer): boolean => valueOf(json) !== undefined;

/** An event that came as text is one event, also of several lines: it is JSON when the whole of it is. */
export const piecesOfText = (bytes: Buffer, form: MessageForm, pieces: MessagePiece[]): MessagePiece[] => {
  const isWhole = ({ json, around }: MessagePiece): boolean =>
    around !== undefined || (json && isParsed(json)) === true;
  if (pieces.length === 1 || (pieces.length > 0 && pieces.every(isWhole))) return pieces;
  return form.text ? [{ bytes }] : [{ bytes, json: bytes }];
};

const innerPieces = (part: WrappedPart, form: MessageForm, unwrapping: Unwrapping, cut: Cut): MessagePiece[] => {
  const { bytes, is } = part;
  const problem = part.problem ?? (is === 'event' ? undefined : whyUnreadable(bytes, 'What is wrapped'));
  if (problem) return [{ bytes, problem }];
  if (is === 'event') return [{ bytes, json: bytes }];
  const pieces = cut(bytes, form, unwrapping);
  if (pieces.length === 0) return [{ bytes, problem: NOTHING }];
  return is === 'text' ? piecesOfText(bytes, form, pieces) : pieces;
};

const wrappedPieces = (
  { by, isCarrier }: Wrapper,
  part: WrappedPart,
  form: MessageForm,
  unwrapping: Unwrapping,
  cut: Cut,
): MessagePiece[] => {
  const { said, own = {}, at, isObserved, host, beside, wrap } = part;
  const inside = unwrapping.inside(isCarrier);
  const pieces = innerPieces(part, form, part.is === 'text' ? inside.ofText() : inside, cut);
  const whole = { by, said: [said, own], at, isObserved, host, beside };
  const around = unwrapping.isText ? inText(whole) : whole;
  if (saysNothing(around.said)) return pieces;
  return pieces.map((piece) => pieceIn(piece, around, () => wrap(piece.bytes)));
};

const openedBy = (
  wrapper: Wrapper,
  parts: Iterable<WrappedPart>,
  value: Buffer,
  form: MessageForm,
  unwrapping: Unwrapping,
  cut: Cut,
): MessagePiece[] => {
  const found: MessagePiece[] = [];
  for (const part of parts) {
    const pieces = unwrapping.takes(part.spent ?? part.bytes.length, 0)
      ? wrappedPieces(wrapper, part, form, unwrapping, cut)
      : [];
    if (pieces.length === 0 || !unwrapping.takes(0, pieces.length)) return [{ bytes: value, problem: TOO_MUCH }];
    for (const piece of pieces) found.push(piece);
  }
  return found;
};

const hasMark = (said: NativeObject): boolean => {
  for (const name in said) if (MARKS.has(name)) return true;
  return false;
};

/**
 * The pieces inside a JSON value that is a wrapper, or why it holds none; undefined for any other value.
 * @param said what the value says, where that is known: most say by no name that they are one.
 */
export const unwrapped = (
  value: Buffer,
  form: MessageForm,
  unwrapping: Unwrapping,
  cut: Cut,
  said?: NativeObject,
): MessagePiece[] | undefined => {
  if (form.isRaw || unwrapping.layers <= 0 || !isObjectStart(value[0])) return undefined;
  if (said && !hasMark(said)) return undefined;
  const marks = namesAmong(value, MARKS, LENGTHS).filter((mark) => !form.under?.includes(mark));
  const wrappers = marks
    .flatMap((mark) => WRAPPERS.get(mark) ?? [])
    .filter(({ besides }) => besides === undefined || value.includes(besides));
  const parsed = wrappers.length > 0 ? (said ?? valueOf(value)) : undefined;
  if (!isObject(parsed) || deeperThan(parsed, MOST_DEPTH)) return undefined;
  for (const wrapper of wrappers) {
    const pieces = orItself(() => {
      const opened = wrapper.open(parsed, value);
      if (opened && 'code' in opened) return [{ bytes: value, problem: opened }];
      return opened && openedBy(wrapper, opened, value, form, unwrapping, cut);
    });
    // Of a wrapper around nothing is told what it is: an event of which nothing is known.
    if (pieces && pieces.length > 0) return pieces;
  }
  return undefined;
};
