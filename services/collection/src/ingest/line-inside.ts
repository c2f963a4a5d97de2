/** What a line says of itself that stands in a shipper's JSON, with its header or in parts. */
import { readSyslogHeader, type SyslogHeader, type WrittenTime } from '#libs/sigma';
import { hostOf } from '../envelope/said.js';
import { nodeIn } from '../envelope/nodes.js';
import { partsIn } from '../envelope/parts.js';
import { hostIn, isOfShipper, isPrinted, timesOfShipper } from '../envelope/shippers.js';
import { isObject } from '../sources/json-values.js';
import type { NativeObject } from '../sources/source.js';
import { envelopeOf, type EventEnvelope } from './envelope.js';

/** Times that shippers write without a zone are in that of the host that they run on. */
const zoned = (time: WrittenTime, { event }: NativeObject): WrittenTime => {
  const zone = isObject(event) && typeof event.timezone === 'string' ? event.timezone : '';
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined || time.offsetMinutes !== undefined) return time;
  return { ...time, offsetMinutes: (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) };
};

/** The header of a line in an object, whole or taken apart, as a shipper leaves it. */
const headerInside = (
  event: NativeObject,
): (Pick<SyslogHeader, 'time' | 'host'> & { relay?: string | undefined }) | undefined => {
  const header = typeof event.message === 'string' ? readSyslogHeader(event.message) : undefined;
  return header ? { time: header.time, host: header.host, relay: header.relay?.host } : partsIn(event);
};

/**
 * What the line says that a shipper put into its JSON: it counts before the shipper, whose time is when it read the
 * line, and who may have got it from another host. Where more stands around the line, or a program in a container
 * printed it, it only says what nothing else does.
 * @param isMessage nobody put it into a line: who sent it says on which node it was.
 */
export const envelopeInside = (
  event: NativeObject,
  receivedAt: number,
  isMessage: boolean,
): EventEnvelope | undefined => {
  const inside = headerInside(event);
  const node = isMessage ? nodeIn(event) : undefined;
  if (!inside) return node === undefined ? undefined : { by: 'shipper', host: node, isFallback: true, isNode: true };
  const { time, host, relay } = inside;
  const isShipped = isOfShipper(event) && !isPrinted(event);
  const shippedAt = isShipped ? timesOfShipper(event) : [];
  // What the line leaves out is told by when its shipper saw it.
  const seenAt = Math.min(shippedAt[0] ?? receivedAt, receivedAt);
  const said = envelopeOf({ host, time: time && zoned(time, event) }, seenAt);
  if (node !== undefined)
    return { ...said, host: node, otherHost: said.host, isFallback: true, isNode: true, isOfLine: false };
  if (!isShipped) return { ...said, isFallback: true, isOfLine: false };
  return { ...said, shippedAt, otherHost: hostIn(event) ?? hostOf(relay) };
};

/** The same of a text whose parts a sender says beside it. */
export const partsInside = (event: NativeObject, receivedAt: number): EventEnvelope | undefined => {
  const parts = partsIn(event);
  return parts && envelopeOf({ time: parts.time, host: parts.host }, receivedAt);
};
