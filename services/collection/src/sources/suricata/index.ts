/**
 * Suricata EVE: alerts and protocol records as JSON lines, also as AWS Network Firewall wraps them. The entity is
 * `ip:<address>` of our side: the private address when exactly one side is private, else the source of the traffic.
 */
import { httpClass } from '../http-requests.js';
import type { NativeJson, NativeObject, NormalisedEvent, Source } from '../source.js';
import { firstDeviceTime } from '../any-time.js';
import { at, ipOf, isObject, portOf, textOf, wholeOf } from '../json-values.js';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { ourSide } from '../private-addresses.js';
import { jsonAlone } from '../taking.js';

/** Maps, not objects: the event says the key, and `constructor` is none. */
const CLASSES = new Map<string, OcsfClass>([
  ['alert', { classUid: 2004, activityId: 1 }],
  ['anomaly', { classUid: 4001, activityId: 99 }],
  ['flow', { classUid: 4001, activityId: 6 }],
  ['netflow', { classUid: 4001, activityId: 6 }],
  ['tls', { classUid: 4001, activityId: 1 }],
  ['dns', { classUid: 4003, activityId: 6 }],
  ['dhcp', { classUid: 4004, activityId: 99 }],
  ['rdp', { classUid: 4005, activityId: 6 }],
  ['smb', { classUid: 4006, activityId: 99 }],
  ['ssh', { classUid: 4007, activityId: 6 }],
  ['ftp', { classUid: 4008, activityId: 99 }],
  ['smtp', { classUid: 4009, activityId: 1 }],
  ['fileinfo', { classUid: 4010, activityId: 2 }],
]);

/** Suricata counts from 1, the worst. */
const ALERT_SEVERITIES = new Map([
  [1, 4],
  [2, 3],
  [3, 2],
  [4, 1],
]);

const urlOf = (event: NativeObject): string | undefined => {
  const [host, path] = [textOf(at(event, 'http', 'hostname')), textOf(at(event, 'http', 'url'))];
  if (path !== undefined && /^https?:\/\//i.test(path)) return path;
  return host === undefined || path === undefined ? undefined : `http://${host}${path}`;
};

/** The first of a list, as records of Suricata 8 name what was asked. */
const firstOf = (list: NativeJson | undefined): NativeJson | undefined => (Array.isArray(list) ? list[0] : undefined);

const domainOf = (event: NativeObject): string | undefined =>
  textOf(at(event, 'dns', 'rrname')) ??
  textOf(at(firstOf(at(event, 'dns', 'queries')), 'rrname')) ??
  textOf(at(event, 'http', 'hostname')) ??
  textOf(at(event, 'tls', 'sni'));

const MOST_ANSWERS = 16;

const answersOf = (event: NativeObject): [string, string | undefined][] => {
  const answers = at(event, 'dns', 'answers');
  return (Array.isArray(answers) ? answers : [])
    .slice(0, MOST_ANSWERS)
    .map((one) => ['ip-address', ipOf(at(one, 'rdata'))]);
};

const messageOf = (event: NativeObject, type: string, src?: string, dst?: string): string => {
  const what = textOf(at(event, 'alert', 'signature')) ?? urlOf(event) ?? domainOf(event) ?? textOf(event.proto) ?? '';
  return `${type}: ${what} ${src ?? '?'} -> ${dst ?? '?'}`;
};

/** The record itself, where AWS Network Firewall wraps it. */
const recordOf = (event: NativeObject): NativeObject =>
  isObject(event.event) && textOf(event.event_type) === undefined ? event.event : event;

const normalise = (whole: NativeObject): NormalisedEvent => {
  const event = recordOf(whole);
  const type = textOf(event.event_type) ?? 'unknown';
  const [src, dst] = [ipOf(event.src_ip), ipOf(event.dest_ip)];
  const severity = type === 'alert' ? (ALERT_SEVERITIES.get(wholeOf(at(event, 'alert', 'severity')) ?? 3) ?? 2) : 1;
  const [sha256, md5] = [textOf(at(event, 'fileinfo', 'sha256')), textOf(at(event, 'fileinfo', 'md5'))];
  return {
    ...firstDeviceTime([event.timestamp, whole.event_timestamp]),
    entity: entityOf('ip', ourSide(src, dst)),
    observables: observablesOf(
      ['ip-address', src],
      ['ip-address', dst],
      ['domain', domainOf(event)],
      ['url', urlOf(event)],
      ['ip-address', ipOf(at(event, 'dns', 'rdata'))],
      ...answersOf(event),
      ['file-hash', sha256],
      ['file-hash', md5],
      ['email-address', textOf(at(event, 'smtp', 'mail_from'))?.replace(/[<>]/g, '')],
    ),
    ocsf: ocsfOf(
      type === 'http' ? httpClass(textOf(at(event, 'http', 'http_method'))) : (CLASSES.get(type) ?? baseEvent),
      severity,
      messageOf(event, type, src, dst),
      {
        device: compact({ hostname: textOf(event.host) }),
        src: compact({ ip: src, port: portOf(event.src_port) }),
        dst: compact({ ip: dst, port: portOf(event.dest_port), hostname: domainOf(event) }),
        file: compact({ path: textOf(at(event, 'fileinfo', 'filename')), sha256, md5 }),
      },
    ),
  };
};

export const suricata: Source = {
  name: 'suricata',
  kind: 'SURICATA',
  ...jsonAlone,
  normalise,
};
