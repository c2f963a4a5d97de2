/** Where an event happened, by what it says itself and what stood around it. */
import { isIP } from 'node:net';
import type { SourceKind } from '#contracts';
import { sameHost } from '#libs/terms';
import { entityOf, observablesOf } from '../sources/ocsf.js';
import type { NormalisedEvent } from '../sources/source.js';
import type { EventEnvelope } from './envelope.js';

/** On an event that names another host than its envelope does; both are observables. */
const HOSTS_DISAGREE = 'hosts-disagree';

/** Sources whose events happen on a host that writes them. */
const OF_HOSTS: ReadonlySet<SourceKind> = new Set(['WINDOWS', 'LINUX', 'MACOS', 'WEB_SERVER']);
/** Sources whose events are seen by an appliance. */
const OF_SENSORS: ReadonlySet<SourceKind> = new Set(['FIREWALL', 'DNS', 'WEB_PROXY', 'SURICATA', 'ZEEK']);

/** Another machine; an address may be that of any name. */
const disagreeing = (host: string, other: string | undefined): string | undefined =>
  other === undefined || (isIP(host) === 0) !== (isIP(other) === 0) || sameHost(host, other) !== 'DIFFERENT'
    ? undefined
    : other;

interface PlacedHost {
  made: NormalisedEvent;
  flags: string[];
}

/** An event of Windows says itself on which machine it was, whoever collects it; another in a header is told. */
const besides = (made: NormalisedEvent, own: string, envelope: EventEnvelope): PlacedHost => {
  const other = envelope.isFallback ? undefined : disagreeing(own, envelope.host);
  if (other === undefined) return { made, flags: [] };
  const seen = made.observables.map(({ kind: of, value }): [string, string] => [of, value]);
  return { made: { ...made, observables: observablesOf(...seen, ['hostname', other]) }, flags: [HOSTS_DISAGREE] };
};

const onHost = (made: NormalisedEvent, kind: SourceKind, host: string, otherHost: string | undefined): PlacedHost => {
  const own = made.ocsf.device?.hostname ?? undefined;
  return {
    made: {
      ...made,
      entity: OF_HOSTS.has(kind) || isUnknown(made) ? entityOf('host', host) : made.entity,
      observables: observablesOf(
        ['hostname', host],
        ['hostname', disagreeing(host, otherHost)],
        ...made.observables.map(({ kind: of, value }): [string, string] => [of, value]),
      ),
      ocsf: { ...made.ocsf, device: { ...made.ocsf.device, hostname: host } },
    },
    flags: [own, otherHost].some((other) => disagreeing(host, other) !== undefined) ? [HOSTS_DISAGREE] : [],
  };
};

const isUnknown = ({ entity }: NormalisedEvent): boolean => entity.endsWith(':unknown');

/** What a program in a container prints names a host, which may be any: it is an observable, and no more. */
const onNoHost = (made: NormalisedEvent): NormalisedEvent =>
  made.entity.startsWith('host:')
    ? { ...made, entity: entityOf('host', ''), ocsf: { ...made.ocsf, device: { ...made.ocsf.device, hostname: null } } }
    : made;

/**
 * What a source made of an event, on the host that its envelope names: whoever writes an event into a log chooses the
 * name in it. Services in a cloud have no host: whoever passes their events on is none of them.
 */
export const withHost = (made: NormalisedEvent, kind: SourceKind, envelope: EventEnvelope | undefined): PlacedHost => {
  if (!envelope || !(OF_HOSTS.has(kind) || OF_SENSORS.has(kind))) return { made, flags: [] };
  if (envelope.host === undefined) return { made: envelope.isPrinted ? onNoHost(made) : made, flags: [] };
  const own = isUnknown(made) ? undefined : (made.ocsf.device?.hostname ?? undefined);
  if (own !== undefined && kind === 'WINDOWS') return besides(made, own, envelope);
  const isOwn = (envelope.isFallback === true && !envelope.isNode) || OF_SENSORS.has(kind);
  return own !== undefined && isOwn ? { made, flags: [] } : onHost(made, kind, envelope.host, envelope.otherHost);
};
