/**
 * What stands around an event layer by layer, as one: a protocol (HEC, OTLP), a shipper's JSON, the header of the line.
 */
import type { SourceKind } from '#contracts';
import { TIME_OBSERVED, type EnvelopeLine } from '../envelope/line.js';
import type { SaidAround } from '../sources/source.js';
import type { EventEnvelope, KeptEnvelope } from './envelope.js';
import { saysNothing, type SaidOf } from './said-json.js';
import { timeOfBoth, type SaidTime } from './said-times.js';

/** Whoever says something around an event, and what. */
export type Layer = Pick<EnvelopeLine, 'at' | 'host' | 'flags'> & { by: string; said?: SaidOf | undefined };

/** Sources whose lines whoever works on the host can write: what is said around them is believed before them. */
const OF_ANYBODY: ReadonlySet<SourceKind> = new Set(['LINUX', 'MACOS', 'WEB_SERVER']);

const timeIn = ({ at, flags = [] }: Layer): SaidTime | undefined => {
  if (at === undefined) return undefined;
  return flags.includes(TIME_OBSERVED) ? { at, isAssumed: true, flag: TIME_OBSERVED } : { at, isAssumed: false };
};

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
  const { by, host } = layer;
  const kept = keptOf(layer, inside);
  const outer = { by, time: timeIn(layer) };
  if (!inside) return { ...outer, host, kept, ...(OF_ANYBODY.has(kind) ? {} : { isFallback: true }) };
  if (!OF_ANYBODY.has(kind))
    return { ...inside, time: inside.time ?? outer.time, host: inside.host ?? host, otherHost: host, kept };
  const { flags, ...time } = timeOfBoth(outer, inside);
  const isLine = inside.isOfLine === true && inside.host !== undefined;
  return {
    by: time.by,
    time: time.time,
    host: isLine ? inside.host : (host ?? inside.host),
    otherHost: isLine ? (host ?? inside.otherHost) : (inside.otherHost ?? inside.host),
    ...(isLine ? { isOfLine: true } : {}),
    flags: [...(inside.flags ?? []), ...flags],
    kept,
  };
};

/** What somebody who passed an event on says around it. What a program in a container prints of its host is no daemon's word. */
export const passedOn = (
  { isObserved, isPrinted, ...said }: SaidAround,
  inside: EventEnvelope | undefined,
  kind: SourceKind,
): EventEnvelope => {
  const line = inside && isPrinted ? { ...inside, isOfLine: false } : inside;
  return around({ ...said, flags: isObserved ? [TIME_OBSERVED] : [] }, line, kind);
};
