/**
 * Lookout's mobile risk events: threats, smishing alerts, devices, audit. The entity is `device:<guid>`, or who acted.
 */
import { compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { jsonAlone } from '../taking.js';
import { taxonomyView, type TaxonomyView } from '../taxonomy.js';

const CLASSES = new Map<string, OcsfClass>([
  ['THREAT', { classUid: 2004, activityId: 1 }],
  ['SMISHING_ALERT', { classUid: 2004, activityId: 1 }],
  ['DEVICE', { classUid: 5001, activityId: 1 }],
  ['AUDIT', { classUid: 6003, activityId: 99 }],
]);
const SEVERITIES = new Map([
  ['INFORMATIONAL', 1],
  ['LOW', 2],
  ['ADVISORY', 2],
  ['MEDIUM', 3],
  ['MODERATE', 3],
  ['HIGH', 4],
  ['CRITICAL', 5],
]);

const severityOf = (seen: TaxonomyView): number =>
  SEVERITIES.get(seen.text('threat.severity', 'threat.risk', 'smishing_alert.severity')?.toUpperCase() ?? '') ?? 1;

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('lookout', event);
  const type = seen.text('type')?.toUpperCase() ?? 'UNKNOWN';
  const [device, user, hash, actor] = [
    seen.text('device.guid'),
    seen.text('device.email_address'),
    seen.text('threat.package_sha', 'threat.file_sha256'),
    seen.text('actor.email_address', 'actor.guid'),
  ];
  const what =
    seen.text('threat.description', 'smishing_alert.description', 'audit.type', 'device.security_status') ??
    seen.text('threat.classification') ??
    'event';
  return {
    occurredAt: seen.time('created_time', 'event_time', '@timestamp', 'timestamp'),
    entity: device === undefined ? entityOf('user', actor ?? user) : entityOf('device', device),
    observables: observablesOf(
      ['resource-uid', device],
      ['user-name', user],
      ['email-address', user],
      ['file-hash', hash !== undefined && /^[0-9a-f]{32,64}$/i.test(hash) ? hash : undefined],
      ['domain', seen.text('threat.pcp_reporting_domain', 'threat.domain')],
      ['url', seen.text('threat.url', 'threat.pcp_url', 'smishing_alert.url')],
      ['ip-address', seen.ip('threat.network_ip', 'threat.dns_ip_address')],
      ['email-address', seen.text('actor.email_address')],
    ),
    ocsf: ocsfOf(CLASSES.get(type) ?? { classUid: 0, activityId: 0 }, severityOf(seen), `${type}: ${what}`, {
      device: compact({ hostname: seen.text('device.name') ?? device }),
      actor: compact({ userName: user }),
      file: compact({
        path: seen.text('threat.path', 'threat.file_name'),
        sha256: hash?.length === 64 ? hash : undefined,
      }),
      api: { operation: seen.text('change_type') ?? type, service: 'lookout', status: seen.text('threat.status') },
    }),
  };
};

export const lookout: Source = { name: 'lookout', kind: 'LOOKOUT', ...jsonAlone, normalise };
