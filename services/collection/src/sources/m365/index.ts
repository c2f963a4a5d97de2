/**
 * Microsoft 365's unified audit log: records as the Management Activity API answers (an array), as JSON lines, as audit
 * searches export them (the record is text under `AuditData`), or as Sentinel's OfficeActivity; and alerts of Graph's
 * security interface. The entity is `user:<UserId>`, or of whom it is about where Microsoft itself acts; of an alert
 * the device or user in its evidence.
 */
import { jsonInText } from '#libs/sigma';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { anyTimeOf } from '../any-time.js';
import { ipOf, isObject, textOf } from '../json-values.js';
import { compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { taking } from '../taking.js';
import { isSupport } from '../microsoft.js';
import { isAlert, normaliseAlert } from './alert.js';
import { classOf } from './classes.js';

const SEVERITIES = new Map([
  ['high', 4],
  ['medium', 3],
  ['low', 2],
]);
const FAILED = /fail|false|denied|block/i;

/**
 * Microsoft's operators, systems and policies, which act for no user.
 * https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema#user-type
 */
const OF_MICROSOFT = /^(?:3|4|8|DcAdmin|System|SystemPolicy)$/i;
const ABOUT = ['MailboxOwnerUPN', 'TargetUserOrGroupName', 'AlertEntityId'];
const isAddress = (name: string | undefined): name is string => name?.includes('@') === true && !name.includes('/');

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
  const named = said(record, 'Operation') ?? said(event, 'Operations');
  const operation = named ?? 'unknown';
  const user = said(record, 'UserId') ?? said(event, 'UserIds') ?? said(record, 'UserKey');
  const [ip, status, target] = [ipIn(record), statusOf(record, operation), said(record, 'ObjectId', 'OfficeObjectId')];
  const kind = classOf(named);
  const isMicrosoft = OF_MICROSOFT.test(said(record, 'UserType') ?? '') || isSupport(user ?? '');
  const abouts = [target, ...ABOUT.map((name) => said(record, name))].filter(isAddress);
  const addresses = [...(isMicrosoft ? [] : [user].filter(isAddress)), ...abouts];
  return {
    occurredAt: occurredAt(event, record),
    entity: entityOf('user', isMicrosoft ? abouts[0] : user),
    observables: observablesOf(
      ['user-name', isMicrosoft ? undefined : user],
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
