import type { NativeJson, NativeObject, NormalisedEvent } from '../source.js';
import { anyTimeOf } from '../any-time.js';
import { at, ipOf, isObject, textOf } from '../json-values.js';
import { compact, entityOf, observablesOf, ocsfOf } from '../ocsf.js';

const SEVERITIES = new Map([
  ['high', 4],
  ['medium', 3],
  ['low', 2],
]);

/** Whether an event is an alert of Graph's security interface rather than a record of the audit log. */
export const isAlert = (event: NativeObject): boolean =>
  textOf(event.serviceSource) !== undefined && textOf(event.title) !== undefined;

/** An alert of Microsoft's own detections: whom it is about is in its evidence. */
export const normaliseAlert = (event: NativeObject): NormalisedEvent => {
  const evidence: NativeJson[] = Array.isArray(event.evidence) ? event.evidence.filter(isObject) : [];
  const all = (...path: string[]): (string | undefined)[] => evidence.map((one) => textOf(at(one, ...path)));
  const users = [...all('userAccount', 'userPrincipalName'), ...all('primaryAddress')].filter(
    (name) => name !== undefined,
  );
  const [ips, hosts] = [
    evidence.map((one) => ipOf(at(one, 'ipAddress'))),
    all('deviceDnsName').filter((name) => name !== undefined),
  ];
  const host = hosts[0];
  return {
    occurredAt:
      anyTimeOf(event.lastActivityDateTime) ??
      anyTimeOf(event.firstActivityDateTime) ??
      anyTimeOf(event.createdDateTime),
    entity: host === undefined ? entityOf('user', users[0]) : entityOf('host', host),
    observables: observablesOf(
      ...users.map((name): [string, string] => ['user-name', name]),
      ...users.filter((name) => name.includes('@')).map((name): [string, string] => ['email-address', name]),
      ...hosts.map((name): [string, string] => ['hostname', name]),
      ...ips.map((ip): [string, string | undefined] => ['ip-address', ip]),
      ...all('url').map((url): [string, string | undefined] => ['url', url]),
      ...all('fileDetails', 'sha256').map((hash): [string, string | undefined] => ['file-hash', hash]),
    ),
    ocsf: ocsfOf(
      { classUid: 2004, activityId: 1 },
      SEVERITIES.get(textOf(event.severity)?.toLowerCase() ?? '') ?? 1,
      textOf(event.title) ?? 'alert',
      {
        device: compact({ hostname: host }),
        actor: compact({ userName: users[0] }),
        src: compact({ ip: ips.find((ip) => ip !== undefined) }),
        cloud: compact({ provider: 'Microsoft 365', accountUid: textOf(event.tenantId) }),
        api: {
          operation: textOf(event.category) ?? 'alert',
          service: textOf(event.serviceSource),
          status: textOf(event.status),
        },
      },
    ),
  };
};
