/**
 * Microsoft 365's unified audit log: records as the Management Activity API answers (an array), as JSON lines, as audit
 * searches export them (the record is text under `AuditData`), or as Sentinel's OfficeActivity; and alerts of Graph's
 * security interface. The entity is `user:<UserId>`; of an alert the device or user in its evidence.
 */
import { jsonInText } from '#libs/sigma';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { anyTimeOf } from '../any-time.js';
import { ipOf, isObject, textOf } from '../json-values.js';
import { compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { taking } from '../taking.js';
import { isAlert, normaliseAlert } from './alert.js';

const CLASSES: [operation: RegExp, kind: OcsfClass][] = [
  [/^(UserLoggedIn|UserLoginFailed|MailboxLogin|TeamsSessionStarted)$/i, { classUid: 3002, activityId: 1 }],
  [/^UserSignedOut$/i, { classUid: 3002, activityId: 2 }],
  [/^Add user\.?$/i, { classUid: 3001, activityId: 1 }],
  [/^Change user password/i, { classUid: 3001, activityId: 3 }],
  [/^Reset user password/i, { classUid: 3001, activityId: 4 }],
  [/^Disable account/i, { classUid: 3001, activityId: 5 }],
  [/^Delete user/i, { classUid: 3001, activityId: 6 }],
  [/^Disable Strong Authentication/i, { classUid: 3001, activityId: 11 }],
  [/^(Update user|Set user)/i, { classUid: 3001, activityId: 99 }],
  [
    /^(Add member to role|Add eligible member to role|Add-RoleGroupMember|New-ManagementRoleAssignment|Add-MailboxPermission|Add-RecipientPermission)/i,
    { classUid: 3005, activityId: 1 },
  ],
  [
    /^(Remove member from role|Remove-RoleGroupMember|Remove-ManagementRoleAssignment|Remove-MailboxPermission)/i,
    { classUid: 3005, activityId: 2 },
  ],
  [/^Add member to group/i, { classUid: 3006, activityId: 3 }],
  [/^Remove member from group/i, { classUid: 3006, activityId: 4 }],
  [
    /^(AlertTriggered|AlertEntityGenerated|AlertUpdated|TIMailData|TIUrlClickData)$/i,
    { classUid: 2004, activityId: 1 },
  ],
  [/^(New-|Add|Create|Consent to|FileUploaded|SharingSet|AnonymousLinkCreated)/i, { classUid: 6003, activityId: 1 }],
  [
    /^(Get-|View|FileAccessed|FileDownloaded|FilePreviewed|MailItemsAccessed|Search)/i,
    { classUid: 6003, activityId: 2 },
  ],
  [/^(Remove|Delete|HardDelete|SoftDelete|FileDeleted|FileRecycled)/i, { classUid: 6003, activityId: 4 }],
  [/^(Set-|Update|Enable|Disable|FileModified|Move|Change)/i, { classUid: 6003, activityId: 3 }],
];

const SEVERITIES = new Map([
  ['high', 4],
  ['medium', 3],
  ['low', 2],
]);
const FAILED = /fail|false|denied|block/i;

/** A field in the vendor's spelling, or in the lower case of some forwarders. */
const said = (record: NativeObject, ...names: string[]): string | undefined =>
  names.map((name) => textOf(record[name]) ?? textOf(record[name.toLowerCase()])).find((text) => text !== undefined);

/** The record itself, where an export wraps it. */
const recordOf = (event: NativeObject): NativeObject => {
  const inside = event.AuditData ?? event.auditData;
  if (isObject(inside)) return inside;
  if (typeof inside !== 'string') return event;
  const parsed = jsonInText(inside);
  // Cut short by the export, what is around it still says who and when.
  return isObject(parsed) ? parsed : event;
};

const ipIn = (record: NativeObject): string | undefined =>
  ['ClientIP', 'ClientIPAddress', 'ActorIpAddress', 'Client_IPAddress', 'SenderIp']
    .map((name) => ipOf(said(record, name)))
    .find((ip) => ip !== undefined);

const occurredAt = (event: NativeObject, record: NativeObject): number | undefined =>
  anyTimeOf(said(record, 'CreationTime', 'CreationDate', 'TimeGenerated')) ??
  anyTimeOf(said(event, 'CreationDate', 'createdDateTime', 'TimeGenerated'));

const severityOf = (record: NativeObject, { classUid }: OcsfClass, status: string | undefined): number =>
  classUid === 2004
    ? (SEVERITIES.get(said(record, 'Severity')?.toLowerCase() ?? '') ?? 3)
    : status !== undefined && FAILED.test(status)
      ? 2
      : 1;

const messageOf = (
  record: NativeObject,
  operation: string,
  user: string | undefined,
  status: string | undefined,
): string => {
  const name = said(record, 'Name');
  return `${operation} by ${user ?? 'unknown'}${name === undefined ? '' : ` — ${name}`}${status === undefined ? '' : `: ${status}`}`;
};

/** A logon that failed has ResultStatus Success: it was recorded with success. */
const statusOf = (record: NativeObject, operation: string): string | undefined =>
  operation === 'UserLoginFailed' ? 'Failure' : said(record, 'ResultStatus');

const normalise = (event: NativeObject): NormalisedEvent => {
  const record = recordOf(event);
  const operation = said(record, 'Operation') ?? said(event, 'Operations') ?? 'unknown';
  const user = said(record, 'UserId') ?? said(event, 'UserIds') ?? said(record, 'UserKey');
  const [ip, status, target] = [ipIn(record), statusOf(record, operation), said(record, 'ObjectId', 'OfficeObjectId')];
  const kind = CLASSES.find(([name]) => name.test(operation))?.[1] ?? { classUid: 6003, activityId: 99 };
  const addresses = [user, target, said(record, 'MailboxOwnerUPN'), said(record, 'TargetUserOrGroupName')].filter(
    (name) => name?.includes('@') === true && !name.includes('/'),
  );
  return {
    occurredAt: occurredAt(event, record),
    entity: entityOf('user', user),
    observables: observablesOf(
      ['user-name', user],
      ...addresses.map((name): [string, string | undefined] => ['email-address', name]),
      ['ip-address', ip],
      ['email-address', said(record, 'P2Sender')],
      ['url', /^https?:\/\//i.test(target ?? '') ? target : undefined],
      ['file-path', said(record, 'SourceRelativeUrl')],
    ),
    ocsf: ocsfOf(kind, severityOf(record, kind, status), messageOf(record, operation, user, status), {
      actor: compact({ userName: user, userUid: said(record, 'UserKey') }),
      src: compact({ ip }),
      cloud: compact({ provider: 'Microsoft 365', accountUid: said(record, 'OrganizationId') }),
      api: { operation, service: said(record, 'Workload', 'OfficeWorkload') ?? 'm365', status },
    }),
  };
};

export const m365: Source = {
  name: 'm365',
  kind: 'M365',
  ...taking({ under: ['value'] }),
  normalise: (event) => (isAlert(event) ? normaliseAlert(event) : normalise(event)),
};
