/**
 * What services put around the events of others when they pass them on: one row of a table each (`aws.ts`,
 * `others.ts`…). A wrapper is known by members that only it has, never by a name alone that an event may have, too.
 */
import { memberOf } from '../envelope/members.js';
import { possible } from '../envelope/said.js';
import { elements } from '../sources/json-scan.js';
import { isObject, timeOf } from '../sources/json-values.js';
import type { NativeJson, NativeObject } from '../sources/source.js';
import { unpacked } from './packed-text.js';

/** Something of a wrapper that holds one event or more. */
export interface WrappedPart {
  bytes: Buffer;
  /** `event`: one JSON value; `text`: one event, JSON or lines of text; `message`: whatever a message may be. */
  is: 'event' | 'text' | 'message';
  /** What is said around it, and when and where that says it happened. `own`: what is said of this part alone. */
  said: NativeObject;
  own?: NativeObject;
  at?: number;
  /** The time is when somebody passed it on. */
  isObserved?: true;
  host?: string;
  /** What is known of it, where it does not say so itself. */
  beside?: NativeObject;
  /** Why it holds no event. */
  problem?: WrapperProblem;
  /** Bytes that it took to unpack, where it was packed. */
  spent?: number;
  /** The wrapper around these bytes alone: what a dead letter keeps, and is read as it was. */
  wrap(bytes: Buffer): Buffer;
}

/** Why a wrapper, or a part of it, holds no event. */
export interface WrapperProblem {
  code: string;
  sentence: string;
}

export interface Wrapper {
  /** What the envelope calls it. */
  by: string;
  /** A member without which it is none; `besides`: what else stands somewhere in it, before it is parsed. */
  mark: string;
  besides?: string;
  /** It carries messages of other services: what is inside may be wrapped, too. Elsewhere inside is somebody's event. */
  isCarrier?: true;
  /** Its parts, or why there are none; undefined when it is not this wrapper. */
  open(value: NativeObject, bytes: Buffer): Iterable<WrappedPart> | WrapperProblem | undefined;
}

export const notTelemetry = (sentence: string): WrapperProblem => ({ code: 'NOT_TELEMETRY', sentence });

/** What S3, CloudTrail and EventBridge say of a file. */
export const FILE_WRITTEN = notTelemetry(
  'It only says that a file was written to a bucket: have the bucket pulled, or the file itself sent.',
);

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const NOT_BASE64: WrapperProblem = { code: 'BAD_BASE64', sentence: 'What is wrapped is not base64.' };

/** What stands in base64, unpacked where it is gzip; `spent` counts for whoever asks. */
export const ofBase64 = (text: string): Pick<WrappedPart, 'bytes' | 'problem'> & { spent: number } =>
  BASE64.test(text)
    ? unpacked(Buffer.from(text, 'base64'))
    : { bytes: Buffer.from(text), problem: NOT_BASE64, spent: text.length };

/** A part of each; made when it is asked for, so that a message which holds too much is not unpacked to its end. */
export function* each<T>(list: readonly T[], part: (one: T) => WrappedPart): Generator<WrappedPart> {
  for (const one of list) yield part(one);
}

/** Bytes as base64 inside of members. */
export const aroundBase64 =
  (said: NativeObject, name: string) =>
  (inner: Buffer): Buffer =>
    around(said, name)(Buffer.from(JSON.stringify(inner.toString('base64'))));

export const objectsIn = (value: NativeJson | undefined): NativeObject[] | undefined =>
  Array.isArray(value) && value.every(isObject) ? value : undefined;

export const textIn = (value: NativeJson | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A time that telemetry can have; whatever else says none. */
export const timeIn = (value: NativeJson | undefined): { at?: number } => {
  const at = possible(timeOf(value) ?? Number.NaN);
  return at === undefined ? {} : { at };
};

/** Members but those named. */
export const without = (value: NativeObject, ...names: string[]): NativeObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** Members with one more, whose bytes stay as they are. */
export const around =
  (said: NativeObject, name: string, before = '', behind = '') =>
  (inner: Buffer): Buffer => {
    const members = JSON.stringify(said);
    const comma = members === '{}' ? '' : ',';
    return Buffer.concat([
      Buffer.from(`${members.slice(0, -1)}${comma}${JSON.stringify(name)}:${before}`),
      inner,
      Buffer.from(`${behind}}`),
    ]);
  };

/** The same where bytes stand as text. */
export const aroundText =
  (said: NativeObject, name: string) =>
  (inner: Buffer): Buffer =>
    around(said, name)(Buffer.from(JSON.stringify(inner.toString('utf8'))));

/** The elements of the array under a member, as their bytes stand. */
export const listIn = (bytes: Buffer, name: string): Buffer[] => {
  const list = memberOf(bytes, name);
  return list?.[0] === 0x5b ? elements(list) : [];
};
