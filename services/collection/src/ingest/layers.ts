/**
 * What stands around an event layer by layer, as one: a protocol (HEC, OTLP), a shipper's JSON, the header of the line.
 */
import type { SourceKind } from '#contracts';
import { TIME_OBSERVED, type EnvelopeLine } from '../envelope/line.js';
import type { NativeObject, ShipperSaid } from '../sources/source.js';
import type { EventEnvelope, KeptEnvelope } from './envelope.js';
import { timeOfBoth, type SaidTime } from './said-times.js';

/** Whoever says something around an event, and what. */
export type Layer = Pick<EnvelopeLine, 'at' | 'host' | 'flags' | 'said'> & { by: string };

/** Of a body that holds the event alone. */
const NOTHING = '{}';
/** Sources whose lines whoever works on the host can write: what is said around them is believed before them. */
const OF_ANYBODY: ReadonlySet<SourceKind> = new Set(['LINUX', 'MACOS', 'WEB_SERVER']);

const timeIn = ({ at, flags = [] }: Layer): SaidTime | undefined => {
  if (at === undefined) return undefined;
  return flags.includes(TIME_OBSERVED) ? { at, isAssumed: true, flag: TIME_OBSERVED } : { at, isAssumed: false };
};

const keptOf = ({ by, said: json }: Layer, inside: EventEnvelope | undefined): KeptEnvelope => ({
  ...inside?.kept,
  said: [...(json === undefined || json === NOTHING ? [] : [{ by, json }]), ...(inside?.kept?.said ?? [])],
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

/** Of what stands around many events of one line, which is written once. */
const WRITTEN = new WeakMap<NativeObject, string>();
const jsonOf = (said: NativeObject): string => {
  const known = WRITTEN.get(said);
  if (known !== undefined) return known;
  const json = JSON.stringify(said);
  WRITTEN.set(said, json);
  return json;
};

/** A shipper's JSON around a line. What a program in a container prints of its host is no daemon's word. */
export const shippedIn = (
  { at, isObserved, host, isPrinted, said }: ShipperSaid,
  inside: EventEnvelope | undefined,
  kind: SourceKind,
): EventEnvelope => {
  const line = inside && isPrinted ? { ...inside, isOfLine: false } : inside;
  return around(
    {
      by: 'shipper',
      ...(at === undefined ? {} : { at, flags: isObserved ? [TIME_OBSERVED] : [] }),
      ...(host === undefined ? {} : { host }),
      said: jsonOf(said),
    },
    line,
    kind,
  );
};
