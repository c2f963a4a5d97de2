/**
 * Mimecast: mail flow of the SIEM feed and the API's logs (URL, attachment and impersonation protection, DLP, audit).
 * The entity is `user:<whom the mail was for>`, or who acted.
 */
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { isIP } from 'node:net';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { taking } from '../taking.js';
import { taxonomyView, type TaxonomyView } from '../taxonomy.js';

const BAD = /malicious|block|reject|quarantine|hold|held|taggedmalicious|virus|phish/i;
const SEND = /^(outbound|internal)$/i;

const isAudit = (seen: TaxonomyView): boolean =>
  seen.text('auditType') !== undefined || seen.services.includes('audit');

/** What something is said of that is a mail. */
const OF_MAIL = [
  'senderAddress',
  'recipientAddress',
  'scanResult',
  'definition',
  'virusFound',
  'route',
  'direction',
  'url',
  'fileHash',
  'sendingIp',
];

const classOf = (seen: TaxonomyView): OcsfClass => {
  if (isAudit(seen)) return { classUid: 6003, activityId: 99 };
  if (seen.text(...OF_MAIL) === undefined) return baseEvent;
  return {
    classUid: 4009,
    activityId:
      seen.text('scanResult', 'definition', 'virusFound') !== undefined
        ? 3
        : SEND.test(seen.text('route', 'direction') ?? '')
          ? 1
          : 2,
  };
};

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('mimecast', event);
  const [sender, recipients, url, ip] = [
    seen.text('senderAddress'),
    seen.texts('recipientAddress'),
    seen.text('url'),
    seen.ip('sendingIp'),
  ];
  const who = isAudit(seen) ? seen.text('user') : recipients[0];
  const verdict = seen.text('scanResult', 'action', 'auditType', 'subtype');
  return {
    occurredAt: seen.time('eventTime', 'date', 'timestamp', 'datetime', '@timestamp', 'time'),
    entity: entityOf('user', who ?? sender),
    observables: observablesOf(
      ...[sender, ...recipients, ...(isAudit(seen) ? [who] : [])].map((one): [string, string | undefined] => [
        'email-address',
        one,
      ]),
      ['user-name', who],
      ['url', url],
      ['ip-address', ip],
      ['ip-address', seen.ip('eventInfoIp')],
      ['file-hash', seen.text('fileHash')],
    ),
    ocsf: ocsfOf(
      classOf(seen),
      BAD.test(`${seen.text('scanResult') ?? ''} ${seen.text('action') ?? ''}`) ? 3 : 1,
      `${verdict ?? 'mail'}: ${[seen.text('subject', 'eventInfo'), url].filter((one) => one !== undefined).join(' — ') || 'no subject'}`,
      {
        actor: compact({ userName: isAudit(seen) ? who : sender }),
        src: compact({ ip: ip !== undefined && isIP(ip) !== 0 ? ip : undefined }),
        file: compact({ path: seen.text('fileName'), sha256: seen.text('fileHash') }),
        api: { operation: seen.text('auditType', 'type') ?? 'mail', service: 'mimecast', status: verdict },
      },
    ),
  };
};

export const mimecast: Source = {
  name: 'mimecast',
  kind: 'MIMECAST',
  ...taking({ under: ['data'] }),
  normalise,
};
