/**
 * DNS logs of any resolver: JSON (ECS, Windows DNS, dnstap), or BIND's query log, whose lines are wrapped as `{
 * "message": … }`. The entity is `ip:<address>` of who asked.
 */
import { isIP } from 'node:net';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf } from '../ocsf.js';
import { portOf, textOf } from '../json-values.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { textToo } from '../taking.js';
import { taxonomyView } from '../taxonomy.js';

const MOST_ANSWERS = 16;

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('dns', event);
  const [src, dst] = [seen.ip('src_ip'), seen.ip('dst_ip')];
  const query = seen.text('query')?.replace(/\.$/, '');
  const answers = seen
    .texts('answer')
    .flatMap((text) => text.split(/[,;\s]+/))
    .slice(0, MOST_ANSWERS);
  const code = seen.text('response_code');
  return {
    occurredAt: seen.time('@timestamp', 'timestamp', 'time', 'ts', 'query_time', 'datetime', 'EventTime'),
    entity: entityOf('ip', src),
    observables: observablesOf(
      ['ip-address', src],
      ['domain', query],
      ...answers.filter((one) => isIP(one) !== 0).map((one): [string, string] => ['ip-address', one]),
    ),
    ocsf: ocsfOf(
      query === undefined
        ? baseEvent
        : { classUid: 4003, activityId: answers.length > 0 || code !== undefined ? 2 : 1 },
      1,
      `${seen.text('record_type') ?? 'query'} ${query ?? '?'}${code === undefined ? '' : `: ${code}`}`,
      {
        device: compact({ hostname: textOf(event.hostname) }),
        src: compact({ ip: src, port: portOf(seen.value('src_port')) }),
        dst: compact({ ip: dst, hostname: query }),
      },
    ),
  };
};

export const dns: Source = { name: 'dns', kind: 'DNS', ...textToo, normalise };
