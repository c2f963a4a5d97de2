/**
 * What stands around an event layer by layer, as one: a protocol (HEC, OTLP), a shipper's JSON, the header of the line.
 */
import type { SourceKind } from '#contracts';
import type { SyslogHeader } from '#libs/sigma';
import { TIME_OBSERVED, type EnvelopeLine } from '../envelope/line.js';
import type { LineParts, SaidAround } from '../sources/source.js';
import { envelopeBefore, envelopeOf, type EventEnvelope, type KeptEnvelope } from './envelope.js';
import { saysNothing, type SaidOf } from './said-json.js';
import { timeOfBoth, type SaidTime } from './said-times.js';

/** Whoever says something around an event, and what. */
interface Layer {
  by: string;
  time?: SaidTime | undefined;
  host?: string | undefined;
  said?: SaidOf | undefined;
}

/** Sources whose lines whoever works on the host can write: what is said around them is believed before them. */
const OF_ANYBODY: ReadonlySet<SourceKind> = new Set(['LINUX', 'MACOS', 'WEB_SERVER']);

const timeOf = (at: number | undefined, isObserved = false): SaidTime | undefined => {
  if (at === undefined) return undefined;
  return isObserved ? { at, isAssumed: true, flag: TIME_OBSERVED } : { at, isAssumed: false };
};

/** When a protocol says that an event happened. */
export const timeOfLine = ({ at, flags }: EnvelopeLine): SaidTime | undefined =>
  timeOf(at, flags?.includes(TIME_OBSERVED));

const keptOf = ({ by, said }: Layer, inside: EventEnvelope | undefined): KeptEnvelope => ({
  ...inside?.kept,
  said: [...(said === undefined || saysNothing(said) ? [] : [{ by, said }]), ...(inside?.kept?.said ?? [])],
});

/**
 * A layer and what is inside of it. Where anybody may have written the event, both count before it; elsewhere the inner
 * does alone: a shipper often says when it read an event, and a collector who it is itself. The host in a line's own
 * header counts before whoever passed it on, who is often another, and is named beside it.
 */
export const around = (layer: Layer, inside: EventEnvelope | undefined, kind: SourceKind): EventEnvelope => {
  const { by, host, time } = layer;
  const kept = keptOf(layer, inside);
  const outer = { by, time };
  if (!inside) return { ...outer, host, kept, ...(OF_ANYBODY.has(kind) ? {} : { isFallback: true }) };
  if (!OF_ANYBODY.has(kind))
    return { ...inside, time: inside.time ?? outer.time, host: inside.host ?? host, otherHost: host, kept };
  const { flags, ...counted } = timeOfBoth(outer, inside);
  const isLine = inside.isOfLine === true && inside.host !== undefined;
  return {
    by: counted.by,
    time: counted.time,
    host: isLine ? inside.host : (host ?? inside.host),
    otherHost: isLine ? (host ?? inside.otherHost) : (inside.otherHost ?? inside.host),
    ...(isLine ? { isOfLine: true } : {}),
    ...(inside.isPrinted ? { isPrinted: true } : {}),
    flags: [...(inside.flags ?? []), ...flags],
    kept,
  };
};

/** The header of a line before what is said around the event behind it. */
const behind = (
  header: SyslogHeader,
  inside: EventEnvelope | undefined,
  kind: SourceKind,
  at: number,
): EventEnvelope => {
  const own = envelopeBefore(header, at);
  if (!inside) return own;
  const both = around(own, inside, kind);
  return { ...both, isOfLine: true, kept: { ...both.kept, header } };
};

/** The same of a header that a shipper took apart; what it took apart is kept as it says it. */
const apart = (parts: LineParts, inside: EventEnvelope | undefined, kind: SourceKind, at: number): EventEnvelope => {
  const own = envelopeOf({ host: parts.host, time: parts.time }, at);
  return inside ? { ...around(own, inside, kind), isOfLine: true } : own;
};

/** A header in what a program in a container prints is no logging daemon's: where anybody may write, it names no host. */
export const ofProgram = (line: EventEnvelope | undefined, kind: SourceKind): EventEnvelope | undefined =>
  line && {
    ...line,
    isOfLine: false,
    ...(OF_ANYBODY.has(kind) ? { isPrinted: true, host: undefined, otherHost: line.otherHost ?? line.host } : {}),
  };

/**
 * What somebody who passed an event on says around it. What a program in a container prints of its host is no daemon's
 * word.
 * @param receivedAt epoch ms.
 */
export const passedOn = (
  { by, at, isObserved, host, isPrinted, said, header, parts }: SaidAround,
  inside: EventEnvelope | undefined,
  kind: SourceKind,
  receivedAt: number,
): EventEnvelope => {
  if (header) return behind(header, inside, kind, receivedAt);
  const line = parts ? apart(parts, inside, kind, Math.min(at ?? receivedAt, receivedAt)) : inside;
  return around({ by, time: timeOf(at, isObserved), host, said }, isPrinted ? ofProgram(line, kind) : line, kind);
};
