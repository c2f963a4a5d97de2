/**
 * Firewalls of any vendor as JSON: ECS, CEF's and Fortinet's names. The entity is `ip:<address>` of our side: the private address when exactly one
 * side is private, else the source.
 */
import { compact, entityOf, observablesOf, ocsfOf, type Class } from '../ocsf.js';
import { portOf, textOf, timeOf } from '../reading.js';
import { ourSide } from '../sides.js';
import type { JsonObject, Normalised, Source } from '../source.js';
import { splitJson } from '../splitting.js';
import { seenAs } from '../taxonomy.js';

const REFUSED = /^(block|den|drop|reject|refus|reset|timeout|discard)/i;
const CLOSED = /^(close|teardown|end|server-rst|client-rst|session.?end)/i;

const classOf = (action: string): Class => ({ classUid: 4001, activityId: REFUSED.test(action) ? 5 : CLOSED.test(action) ? 2 : action === '' ? 6 : 1 });

/** FortiGate tells date, time and zone apart. */
const localTime = ({ date, time, tz }: JsonObject): number | undefined => {
  const zone = textOf(tz);
  return zone === undefined ? undefined : timeOf(`${textOf(date) ?? ''}T${textOf(time) ?? ''}${zone}`);
};

const normalise = (event: JsonObject): Normalised => {
  const seen = seenAs('firewall', event);
  const [src, dst, action, user] = [seen.ip('src_ip'), seen.ip('dst_ip'), seen.text('action') ?? '', seen.text('username')];
  const [srcPort, dstPort] = [portOf(seen.value('src_port')), portOf(seen.value('dst_port'))];
  return {
    occurredAt: localTime(event) ?? seen.time('@timestamp', 'timestamp', 'rt', 'datetime', 'TimeGenerated', 'time', 'date'),
    entity: entityOf('ip', ourSide(src, dst)),
    observables: observablesOf(['ip-address', src], ['ip-address', dst], ['user-name', user], ['domain', seen.text('hostname', 'destination.domain', 'dhost')]),
    ocsf: ocsfOf(classOf(action), 1, `${action || 'traffic'}: ${src ?? '?'} -> ${dst ?? '?'}${dstPort === undefined ? '' : `:${dstPort}`}`, {
      device: compact({ hostname: textOf(event.devname) ?? seen.text('observer.name', 'dvchost', 'device_name') }),
      actor: compact({ userName: user }),
      src: compact({ ip: src, port: srcPort }),
      dst: compact({ ip: dst, port: dstPort }),
    }),
  };
};

export const firewall: Source = { name: 'firewall', kind: 'FIREWALL', split: (message) => splitJson(message), normalise };
