/**
 * DNS logs of any resolver or sensor: JSON (ECS, Windows DNS, dnstap, Route 53, Zeek, Suricata…), or lines of BIND,
 * Unbound, dnsmasq, CoreDNS, Windows and others, which are wrapped as `{ "message": … }`. The entity is `ip:<address>`
 * of who asked.
 */
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { ipOf, portOf } from '../json-values.js';
import { orOfNxlog } from '../local-time.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { textToo } from '../taking.js';
import { taxonomyView, type TaxonomyView } from '../taxonomy.js';

const MOST_ANSWERS = 16;
const DNS_PORT = 53;
const LONGEST_NAME = 253;
const REFUSED = /^(?:block|deni|deny|drop|refus|rpz |rpz-|sinkhol|always_|inform_deny)/i;

const TIMES = [
  'derived.time',
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  'query_timestamp',
  'query_time',
  'timestamp-rfc3339ns',
  'dnstap.timestamp-rfc3339ns',
  'datetime',
  'Datetime',
  'Timestamp',
  'T',
  'TimeCreated',
  'date',
];

/** Who asked and who was asked: of an answer as a sensor sees it, its sides the other way round. */
const sidesOf = (seen: TaxonomyView): Record<'client' | 'server', { ip?: string; port?: number }> => {
  const from = { ip: seen.ip('src_ip'), port: portOf(seen.value('src_port')) };
  const to = { ip: seen.ip('dst_ip'), port: portOf(seen.value('dst_port')) };
  const isAnswer = from.port === DNS_PORT && to.port !== undefined && to.port !== DNS_PORT;
  return isAnswer ? { client: to, server: from } : { client: from, server: to };
};

const classOf = (query: string | undefined, isAnswered: boolean): OcsfClass =>
  query === undefined ? baseEvent : { classUid: 4003, activityId: isAnswered ? 2 : 1 };

const answersOf = (seen: TaxonomyView): string[] =>
  seen
    .texts('answer')
    .flatMap((text) => text.slice(0, 8_192).split(/[,;\s]+/))
    .map((text) => ipOf(text))
    .filter((ip) => ip !== undefined)
    .slice(0, MOST_ANSWERS);

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('dns', event);
  const { client, server } = sidesOf(seen);
  const query = seen.text('query')?.replace(/\.$/, '') || undefined;
  const isName = query !== undefined && query.length <= LONGEST_NAME && !/[\s\p{Cc}]/u.test(query);
  const [code, action, answers] = [seen.text('response_code'), seen.text('action'), answersOf(seen)];
  const isRefused = REFUSED.test(action ?? '');
  return {
    ...orOfNxlog(seen.when(TIMES, seen.text('event.timezone')), event, seen),
    entity: entityOf('ip', client.ip),
    observables: observablesOf(
      ['ip-address', client.ip],
      ['domain', isName ? query : undefined],
      ...answers.map((one): [string, string] => ['ip-address', one]),
    ),
    ocsf: ocsfOf(
      classOf(query, code !== undefined || seen.text('answer') !== undefined),
      isRefused ? 2 : 1,
      (query === undefined ? seen.text('msg') : undefined) ??
        `${isRefused ? `${action ?? ''}: ` : ''}${seen.text('record_type') ?? 'query'} ${query ?? '?'}${code === undefined ? '' : `: ${code}`}`,
      {
        device: compact({ hostname: seen.text('hostname', 'host.name', 'Hostname', 'dnstap.identity') }),
        src: compact(client),
        dst: compact({ ...server, hostname: query }),
      },
    ),
  };
};

export const dns: Source = { name: 'dns', kind: 'DNS', ...textToo, normalise };
