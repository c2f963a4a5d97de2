/**
 * What stood around an event: a syslog header, HEC's envelope, OTLP's resource (`enveloped.ts`). It is said by who
 * sent the event, never by the event itself, and nothing that stands in the event changes it. It reaches an event's
 * time and host here, by one rule for all sources.
 */
import { isIP } from 'node:net';
import type { SourceKind } from '#contracts';
import { momentOf, readSyslogHeader, type SyslogHeader, type WrittenTime } from '#libs/sigma';
import { disagreementFlag, sameHost } from '#libs/terms';
import { hostOf } from '../envelope/said.js';
import { entityOf, observablesOf } from '../sources/ocsf.js';
import type { NativeObject, NormalisedEvent } from '../sources/source.js';
import { APART_MS, type SaidTime } from './said-times.js';

/** On an event whose header leaves out the year or the zone: they were taken from when it was received. */
const TIME_ASSUMED = 'time-assumed';
/** On an event that names another host than its envelope does; both are observables. */
const HOSTS_DISAGREE = 'hosts-disagree';

/** What a header says, and as JSON all that a protocol said, and those who passed the event on, the outermost first. */
export interface KeptEnvelope {
  header?: SyslogHeader;
  said?: { by: string; json: string }[];
}

export interface EventEnvelope {
  /** Who says so, as flags name it. */
  by: string;
  time?: SaidTime | undefined;
  host?: string | undefined;
  /** What is kept of it beside the vendor's JSON, which does not hold it: `envelope-json.ts`. */
  kept?: KeptEnvelope;
  /** It only says what the event does not: it stood inside of what a shipper says more about. */
  isFallback?: true;
  /** Its host stands in the header of a line. */
  isOfLine?: boolean;
  /** Another host that was named around the event, by who read its line. */
  otherHost?: string | undefined;
  /** What its two times disagree by, as the event's flags say it. */
  flags?: string[];
}

export const envelopeOf = ({ time, host }: SyslogHeader, receivedAt: number): EventEnvelope => ({
  by: 'syslog-header',
  ...(time ? { time: momentOf(time, receivedAt) } : {}),
  host: hostOf(host),
  isOfLine: true,
});

/** The envelope of JSON behind a header, which the JSON does not hold. */
export const envelopeBefore = (header: SyslogHeader, receivedAt: number): EventEnvelope => ({
  ...envelopeOf(header, receivedAt),
  kept: { header },
});

/** The header of a line that a shipper put into the `message` of its JSON. */
export const envelopeInside = ({ message }: NativeObject, receivedAt: number): EventEnvelope | undefined => {
  const header = typeof message === 'string' ? readSyslogHeader(message) : undefined;
  return header && { ...envelopeOf(header, receivedAt), isFallback: true };
};

export interface PlacedTime {
  occurredAt: number | undefined;
  flags: string[];
}

/** An event's own time where it leaves out the year or more. */
export const assumed = (time: WrittenTime | undefined, receivedAt: number): PlacedTime => {
  const moment = time && momentOf(time, receivedAt);
  return { occurredAt: moment?.at, flags: moment?.isAssumed ? [TIME_ASSUMED] : [] };
};

/**
 * An event's time with what its envelope says: that counts where the event says none. Where both do and are more than
 * five minutes apart, an envelope that says year and zone counts, for it is not the event's author who wrote it, and
 * the event keeps which and by how much.
 */
export const withTime = (own: PlacedTime, envelope: EventEnvelope | undefined, latest: number): PlacedTime => {
  const said = envelope?.time;
  if (!envelope || !said) return own;
  if (own.occurredAt === undefined)
    return { occurredAt: said.at, flags: said.isAssumed ? [said.flag ?? TIME_ASSUMED] : [] };
  if (envelope.isFallback || said.isAssumed || said.at > latest || Math.abs(said.at - own.occurredAt) <= APART_MS)
    return own;
  const aheadSeconds = Math.round((said.at - own.occurredAt) / 1_000);
  return { occurredAt: said.at, flags: [disagreementFlag({ counted: envelope.by, other: 'event', aheadSeconds })] };
};

/** Sources whose events happen on a host that writes them. */
const OF_HOSTS: ReadonlySet<SourceKind> = new Set(['WINDOWS', 'LINUX', 'MACOS', 'WEB_SERVER']);
/** Sources whose events are seen by an appliance. */
const OF_SENSORS: ReadonlySet<SourceKind> = new Set(['FIREWALL', 'DNS', 'WEB_PROXY', 'SURICATA', 'ZEEK']);

/** Another machine; an address may be that of any name. */
const disagreeing = (host: string, other: string | undefined): string | undefined =>
  other === undefined || (isIP(host) === 0) !== (isIP(other) === 0) || sameHost(host, other) !== 'DIFFERENT'
    ? undefined
    : other;

/**
 * What a source made of an event, on the host that its envelope names: whoever writes an event into a log chooses the
 * name in it. Services in a cloud have no host: whoever passes their events on is none of them.
 */
export const withHost = (
  made: NormalisedEvent,
  kind: SourceKind,
  envelope: EventEnvelope | undefined,
): { made: NormalisedEvent; flags: string[] } => {
  const { host, otherHost } = envelope ?? {};
  const own = made.ocsf.device?.hostname ?? undefined;
  const isUnknown = made.entity.endsWith(':unknown');
  if (host === undefined || (!OF_HOSTS.has(kind) && !OF_SENSORS.has(kind))) return { made, flags: [] };
  if (own !== undefined && !isUnknown && (envelope?.isFallback || OF_SENSORS.has(kind))) return { made, flags: [] };
  const device = { ...made.ocsf.device, hostname: host };
  return {
    made: {
      ...made,
      entity: OF_HOSTS.has(kind) || isUnknown ? entityOf('host', host) : made.entity,
      observables: observablesOf(
        ['hostname', host],
        ['hostname', disagreeing(host, otherHost)],
        ...made.observables.map(({ kind: of, value }): [string, string] => [of, value]),
      ),
      ocsf: { ...made.ocsf, device },
    },
    flags: [own, otherHost].some((other) => disagreeing(host, other) !== undefined) ? [HOSTS_DISAGREE] : [],
  };
};
