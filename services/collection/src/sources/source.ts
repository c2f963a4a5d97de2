/**
 * A telemetry source: how one vendor's bytes become events. To add one:
 *   1. add its kind to contracts/shared/source-kind.avsc and run `npm run contracts`;
 *   2. make `<vendor>/index.ts` exporting a Source, `<vendor>/index.spec.ts` and `<vendor>/fixtures/*.json`
 *      (real events, one a line, without anybody's secrets);
 *   3. add it to the sorted list in `index.ts`; a test keeps the list complete.
 * A source is pure: no clock, no I/O. It reads with `json-values.ts` and states OCSF with `ocsf.ts`. It never throws on
 * JSON that is an object: what it does not know becomes a base event (class 0) and keeps its native bytes. Tables that
 * an event says the key of are Maps: in an object, `constructor` and `__proto__` would be found.
 */
import type { Observable, Ocsf, SourceKind } from '#contracts';
import type { SyslogHeader, WrittenTime } from '#libs/sigma';

/** A vendor's own JSON; members may be missing. */
export type NativeJson = string | number | boolean | null | NativeJson[] | NativeObject;
export interface NativeObject {
  [key: string]: NativeJson | undefined;
}

/** Two times of one event that disagree: what is counted is called `counted`, and `other` says `at` (epoch ms). */
export interface OtherTime {
  counted: string;
  other: string;
  at: number;
}

/** A time by a clock whose zone is not said. */
export interface LocalTime {
  /** Epoch ms, as if that clock showed UTC. */
  at: number;
  /** When its sender read the event, by the same clock, likewise. */
  readAt?: number;
}

/** What a source makes of one event. */
export interface NormalisedEvent {
  /** Epoch ms by the source's clock; absent when the event does not say. */
  occurredAt?: number;
  /** Where `occurredAt` is absent: a time that leaves out the year, which is taken from when it was received. */
  writtenTime?: WrittenTime;
  /** Where `occurredAt` is absent: a time by a clock whose zone is not said (`local-time.ts`). */
  localTime?: LocalTime;
  /** Another time that it says it happened at, when the two cannot both be right. */
  otherTime?: OtherTime;
  /** kind:value, lower-case: host:…, user:…, cloud-principal:…, ip:… */
  entity: string;
  observables: Observable[];
  ocsf: Ocsf;
}

/** How a source's messages are taken apart: `pieces.ts`. */
export interface MessageForm {
  /** Lines of text are taken too: each becomes `{ "message": line }`. */
  text?: true;
  /** Names of the array that holds the events of an envelope; the first that is there. */
  under?: readonly string[];
  /** Lines stand under the names of a `#Fields` directive before them (W3C's extended log format). */
  w3c?: true;
  /** Events of Windows that come as XML are taken, too, each as `{ "message": xml }`. */
  xml?: true;
  /** A block of text of Windows is the whole: who sent it bounds the event. */
  isOne?: true;
  /** Nothing is known of the source: lines stay as they are. */
  isRaw?: true;
}

/** What stood in the header of a line, by who took it apart. */
export interface LineParts {
  time?: WrittenTime | undefined;
  host?: string;
  relay?: string;
}

/** What somebody who passed an event on says around it: a shipper, or several; a service. */
export interface SaidAround {
  /** What the envelope calls it: `shipper`, or the service. */
  by: string;
  /** All that is said; of members of one name the last counts. Each may be said of many events: it is put together late. */
  said: readonly NativeObject[];
  /** Epoch ms. */
  at?: number;
  /** The time is when it was read or passed on, and not when it was written. */
  isObserved?: boolean;
  host?: string;
  /** A program in a container printed it. */
  isPrinted?: boolean;
  /** What is known of the event where it does not say so itself. */
  beside?: NativeObject;
  /** It is the header of a line, which says when and where. */
  header?: SyslogHeader;
  /** What it says stood in the header of the line. */
  parts?: LineParts;
}

/** A part of a message that may be an event. */
export interface MessagePiece {
  /** As it came: what a dead letter keeps. */
  bytes: Buffer;
  /** What is JSON of it, if it parses; absent for text. */
  json?: Buffer;
  /** What that says, where it was parsed to find the piece: nobody parses it again. */
  value?: NativeObject | undefined;
  /** What is text of it, where that is not all that came. */
  text?: Buffer;
  /** What is said around it, the outermost first. */
  around?: readonly SaidAround[];
  /** What stood before the JSON on its line. */
  header?: SyslogHeader;
  /** Of text: the names that its values stand under. */
  fields?: string;
  /** Why it is no event: a row of a table that cannot be read. */
  problem?: { code: string; sentence: string };
}

export interface Source {
  /** Folder name. */
  name: string;
  kind: SourceKind;
  form: MessageForm;
  /** The native bytes of the events of a message, whether or not they are JSON. */
  split(message: Buffer): Buffer[];
  normalise(event: NativeObject, native: Buffer): NormalisedEvent;
}
