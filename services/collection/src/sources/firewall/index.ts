/**
 * Firewalls of any vendor: JSON in ECS's, CEF's and Fortinet's names or those of AWS's VPC flow, or log lines (CEF,
 * LEEF, names and values, Palo Alto, pfSense, Cisco), which are wrapped as `{ "message": … }`. The entity is
 * `ip:<address>` of our side: the private address when exactly one side is private, else the source; of what is no
 * traffic `host:<device>`, as it calls itself.
 */
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { yearlessTimeOf } from '../any-time.js';
import { zoneOf } from '#libs/sigma';
import { portOf, timeOf, wholeOf } from '../json-values.js';
import { ourSide } from '../private-addresses.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { textToo } from '../taking.js';
import { taxonomyView, type TaxonomyView } from '../taxonomy.js';

const REFUSED = /^(block|den|drop|reject|refus|reset|timeout|discard)/i;
const CLOSED = /^(close|teardown|end|server-rst|client-rst|session.?end)/i;

const SESSIONS = new Set(['USERID', 'GLOBALPROTECT']);

const sessionClass = (subtype: string): OcsfClass =>
  /logout|disconnect/.test(subtype)
    ? { classUid: 3002, activityId: 2 }
    : /login|auth|connect/.test(subtype)
      ? { classUid: 3002, activityId: 1 }
      : baseEvent;

const trafficClass = (action: string): OcsfClass => ({
  classUid: 4001,
  activityId: REFUSED.test(action) ? 5 : CLOSED.test(action) ? 2 : action === '' ? 6 : 1,
});

/** Traffic; of Palo Alto also who came in and went. */
const classOf = (seen: TaxonomyView, action: string): OcsfClass =>
  SESSIONS.has(seen.text('type') ?? '') ? sessionClass(seen.text('subtype') ?? '') : trafficClass(action);

/**
 * FortiGate counts nanoseconds or seconds, or tells date, time and zone apart; Palo Alto writes slashes; CEF and LEEF
 * count milliseconds or write words.
 */
const occurredAt = (seen: TaxonomyView): number | undefined => {
  const counted = /^(\d{10})\d{0,9}$/.exec(seen.text('eventtime', 'FTNTFGTeventtime') ?? '')?.[1];
  if (counted !== undefined) return timeOf(Number(counted));
  const zone = seen.text('tz') ?? zoneOf(seen.text('timezone') ?? '') ?? '';
  const apart = timeOf(`${seen.text('date') ?? ''}T${seen.text('time') ?? ''}${zone}`);
  return (
    apart ??
    timeOf(seen.text('generated_time')?.replaceAll('/', '-')) ??
    timeOf(wholeOf(seen.value('rt'))) ??
    seen.time('derived.time', '@timestamp', 'timestamp', 'rt', 'datetime', 'TimeGenerated', 'time', 'date', 'end')
  );
};

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('firewall', event);
  const [src, dst, action, user] = [
    seen.ip('src_ip'),
    seen.ip('dst_ip'),
    seen.text('action') ?? '',
    seen.text('username'),
  ];
  const [srcPort, dstPort] = [portOf(seen.value('src_port')), portOf(seen.value('dst_port'))];
  const device = seen.text('devname', 'observer.name', 'dvchost', 'device_name', 'fw');
  const ours = ourSide(src, dst);
  return {
    occurredAt: occurredAt(seen),
    writtenTime: yearlessTimeOf(seen.text('derived.yearless')),
    entity: ours === undefined && device !== undefined ? entityOf('host', device) : entityOf('ip', ours),
    observables: observablesOf(
      ['ip-address', src],
      ['ip-address', dst],
      ['user-name', user],
      ['domain', seen.text('hostname', 'destination.domain', 'dhost')],
    ),
    ocsf: ocsfOf(
      src === undefined && dst === undefined ? baseEvent : classOf(seen, action),
      1,
      `${action || 'traffic'}: ${src ?? '?'} -> ${dst ?? '?'}${dstPort === undefined ? '' : `:${dstPort}`}`,
      {
        device: compact({ hostname: device }),
        actor: compact({ userName: user }),
        src: compact({ ip: src, port: srcPort }),
        dst: compact({ ip: dst, port: dstPort }),
      },
    ),
  };
};

export const firewall: Source = { name: 'firewall', kind: 'FIREWALL', ...textToo, normalise };
