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
