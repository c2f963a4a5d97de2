/**
 * Zeek's logs as JSON lines, `_path` naming the log. The entity is `ip:<address>` of our side, as for other sensors.
 */
import { isIP } from 'node:net';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { portOf } from '../json-values.js';
import { httpClass, urlOf } from '../http-requests.js';
import { ourSide } from '../private-addresses.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { jsonAlone } from '../taking.js';
import { taxonomyView, type TaxonomyView } from '../taxonomy.js';

const CLASSES = new Map<string, OcsfClass>([
  ['conn', { classUid: 4001, activityId: 6 }],
  ['tunnel', { classUid: 4001, activityId: 6 }],
  ['ssl', { classUid: 4001, activityId: 1 }],
  ['quic', { classUid: 4001, activityId: 1 }],
  ['weird', { classUid: 4001, activityId: 99 }],
  ['dns', { classUid: 4003, activityId: 6 }],
  ['dhcp', { classUid: 4004, activityId: 99 }],
  ['rdp', { classUid: 4005, activityId: 6 }],
  ['smb_files', { classUid: 4006, activityId: 99 }],
  ['smb_mapping', { classUid: 4006, activityId: 99 }],
  ['smb_cmd', { classUid: 4006, activityId: 99 }],
  ['ssh', { classUid: 4007, activityId: 6 }],
  ['ftp', { classUid: 4008, activityId: 99 }],
  ['smtp', { classUid: 4009, activityId: 1 }],
  ['files', { classUid: 4010, activityId: 2 }],
  ['kerberos', { classUid: 3002, activityId: 3 }],
  ['ntlm', { classUid: 3002, activityId: 1 }],
  ['notice', { classUid: 2004, activityId: 1 }],
  ['intel', { classUid: 2004, activityId: 1 }],
]);

/** As the line names it, or as it is known by what it holds. */
const logOf = (seen: TaxonomyView): string =>
  seen.text('_path')?.replace(/^(?:zeek\.|bro_)/, '') ?? seen.services[0] ?? 'unknown';

const domainOf = (seen: TaxonomyView): string | undefined => {
  const name = seen.text('query', 'host', 'server_name');
  return name !== undefined && isIP(name) === 0 ? name : undefined;
};

const messageOf = (seen: TaxonomyView, log: string, url: string | undefined): string => {
  const what =
    seen.text('note', 'msg') ??
    url ??
    seen.text('query', 'server_name', 'operation', 'name', 'subject', 'client', 'service', 'proto') ??
    '';
  return `${log}: ${what} ${seen.text('id.orig_h') ?? '?'} -> ${seen.text('id.resp_h') ?? '?'}`;
};

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('zeek', event);
  const log = logOf(seen);
  const [src, dst] = [seen.ip('id.orig_h', 'src', 'tx_hosts'), seen.ip('id.resp_h', 'dst', 'rx_hosts')];
  const [domain, sha256, md5, file] = [
    domainOf(seen),
    seen.text('sha256'),
    seen.text('md5'),
    log === 'smb_files' ? seen.text('name') : seen.text('filename'),
  ];
  const url = log === 'http' ? urlOf(seen.text('uri'), seen.text('host')) : undefined;
  return {
    ...seen.when(['ts', '@timestamp', 'timestamp', '_write_ts']),
    entity: entityOf('ip', ourSide(src, dst)),
    observables: observablesOf(
      ['ip-address', src],
      ['ip-address', dst],
      ['domain', domain],
      ['url', url],
      ['file-hash', sha256],
      ['file-hash', md5],
      ['file-path', file],
      ...seen
        .texts('answers')
        .filter((one) => isIP(one) !== 0)
        .map((one): [string, string] => ['ip-address', one]),
      ['email-address', log === 'smtp' ? seen.text('mailfrom')?.replace(/[<>]/g, '') : undefined],
      ['user-name', ['ntlm', 'ssh', 'ftp'].includes(log) ? seen.text('username', 'user') : undefined],
    ),
    ocsf: ocsfOf(
      log === 'http' ? httpClass(seen.text('method')) : (CLASSES.get(log) ?? baseEvent),
      log === 'notice' || log === 'intel' ? 3 : 1,
      messageOf(seen, log, url),
      {
        src: compact({ ip: src, port: portOf(seen.value('id.orig_p')) }),
        dst: compact({ ip: dst, port: portOf(seen.value('id.resp_p')), hostname: domain }),
        file: compact({ path: file, sha256, md5 }),
      },
    ),
  };
};

export const zeek: Source = { name: 'zeek', kind: 'ZEEK', ...jsonAlone, normalise };
