import type { MappedSource, SourceMapping } from '../source.js';
import { plain } from '../shared/plain.js';

const KINDS_OF_MAIL: readonly [service: string, types: readonly string[]][] = [
  ['receipt', ['receipt', 'email_receipt']],
  ['process', ['process', 'email_process']],
  ['delivery', ['delivery', 'email_delivery']],
  ['antivirus', ['av', 'email_antivirus', 'antivirus']],
  ['spam', ['spam', 'email_spam']],
  ['url-protect', ['url protect', 'email_url_protect', 'url_protect', 'ttp-url', 'ttpurl', 'ttp_url']],
  [
    'attachment-protect',
    [
      'attachment protect',
      'email_attachment_protect',
      'attachment_protect',
      'ttp-attachment',
      'ttp_ap',
      'ttpattachment',
    ],
  ],
  [
    'impersonation-protect',
    [
      'impersonation protect',
      'email_impersonation_protect',
      'impersonation_protect',
      'ttp-impersonation',
      'ttp_ip',
      'ttpimpersonation',
    ],
  ],
  ['internal-email-protect', ['internal email protect', 'email_iep', 'iep']],
  ['audit', ['audit', 'audit_events']],
  ['dlp', ['dlp']],
];

/** Mimecast: mail flow of the SIEM feed and the logs of the API; the service is the `type` where an event has one. */
const mapping: SourceMapping = {
  ...plain,
  selectors: ['type'],
  logsources: [
    ...KINDS_OF_MAIL.map(([service, types]) => ({
      when: { type: types },
      logsource: { product: 'mimecast', service },
    })),
    { when: {}, logsource: { product: 'mimecast' } },
    { when: {}, logsource: { category: 'email' } },
  ],
  aliases: [
    {
      when: {},
      fields: {
        type: ['datatype', 'logType', '_type'],
        senderAddress: [
          'fromUserEmailAddress',
          'senderEnvelope',
          'sender',
          'Sender',
          'senderHeader',
          'fromHdr',
          'fromEnv.emailAddress',
          'headerFrom',
        ],
        recipientAddress: ['userEmailAddress', 'recipients', 'recipient', 'Recipient', 'Rcpt', 'to.emailAddress'],
        sendingIp: ['senderIp', 'senderIpAddress', 'sourceIp', 'SourceIP', 'IP', 'ip'],
        fileName: ['fileName', 'attachments', 'attachmentNames', 'filename'],
        fileHash: ['fileHash', 'sha256', 'SHA256'],
        user: ['userEmailAddress', 'recipientAddress'],
      },
    },
  ],
  entity: ['recipientAddress'],
};

export const mimecast: MappedSource = { rules: [{ product: 'mimecast' }], mapping };
