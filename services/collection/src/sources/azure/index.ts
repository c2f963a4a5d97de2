/**
 * Azure: the activity log and the directory's sign-ins, audit log and risk detections, as Event Hub sends them
 * (`{"records": […]}` or one by one), as Graph and the management API answer (`{"value": […]}`), and as Azure's Python
 * library and Log Analytics write them; sign-ins also as rows of the CSV that the portal exports.
 * The entity is `user:<principal name>`, `cloud-principal:<id>` for applications and managed identities, or
 * `ip:<address>` where nobody is named. Where Microsoft itself acts it is whom it acts on, else the address or
 * `cloud-account:<subscription>`.
 */
import { jsonInText } from '#libs/sigma';
import type { NativeJson, NativeObject, NormalisedEvent, Source } from '../source.js';
import { at, ipOf, isObject, textOf, timeOf } from '../json-values.js';
import { compact, observablesOf, ocsfOf } from '../ocsf.js';
import { taking } from '../taking.js';
import { callerOf, entityFor } from './caller.js';
import { classOf } from './classes.js';
import { normaliseFlow } from './flow.js';
import { said } from './said.js';

const TIMES = [
  'time',
  'eventTimestamp',
  'event_timestamp',
  'activityDateTime',
  'createdDateTime',
  'detectedDateTime',
  'TimeGenerated',
  'Date (UTC)',
  '@timestamp',
];

/** `properties`, also where an export wrote it as text. */
const propertiesOf = (event: NativeObject): NativeObject => {
  const found = event.properties ?? event.Properties;
  if (isObject(found)) return found;
  if (typeof found !== 'string' || !found.trimStart().startsWith('{')) return {};
  const parsed = jsonInText(found);
  return isObject(parsed) ? parsed : {};
};

const targetsOf = (event: NativeObject, properties: NativeObject): string[] => {
  const targets = [event.targetResources, properties.targetResources].find((one) => Array.isArray(one)) ?? [];
  return (targets as NativeJson[])
    .map((one) => textOf(at(one, 'userPrincipalName')))
    .filter((name) => name !== undefined);
};

const ipIn = (event: NativeObject, properties: NativeObject): string | undefined =>
  [
    event.callerIpAddress,
    event.CallerIPAddress,
    properties.ipAddress,
    event.ipAddress,
    event.IPAddress,
    event['IP address'],
    at(event, 'httpRequest', 'clientIpAddress'),
    at(event, 'http_request', 'client_ip_address'),
    at(properties, 'initiatedBy', 'user', 'ipAddress'),
    at(event, 'initiatedBy', 'user', 'ipAddress'),
  ]
    .map(ipOf)
    .find((ip) => ip !== undefined);

const statusOf = (event: NativeObject, properties: NativeObject): string | undefined =>
  said(event, properties, 'resultType', 'ResultType', 'Sign-in error code', 'result', 'Result', 'status') ??
  textOf(at(properties, 'status', 'errorCode')) ??
  textOf(at(event, 'status', 'errorCode'));

/** Graph's sign-ins and risk detections have no category of their own, nor has the portal's export. */
const categoryOf = (event: NativeObject): string => {
  const category = said(event, {}, 'category', 'Category');
  if (category !== undefined) return category;
  if (event.riskEventType !== undefined) return 'UserRiskEvents';
  return 'conditionalAccessStatus' in event || 'Sign-in error code' in event ? 'SignInLogs' : '';
};

const LEVELS = new Map([
  ['critical', 5],
  ['error', 3],
  ['warning', 2],
  ['high', 4],
  ['medium', 3],
  ['low', 2],
]);
const SUBSCRIPTION = /^\/subscriptions\/([^/]{1,64})/i;

const normalise = (event: NativeObject): NormalisedEvent => {
  const properties = propertiesOf(event);
  const category = categoryOf(event);
  const operation =
    said(
      event,
      properties,
      'operationName',
      'operation_name',
      'OperationNameValue',
      'OperationName',
      'activityDisplayName',
      'riskEventType',
    ) ?? category;
  const kind = classOf(category, operation);
  const caller = callerOf(event, properties);
  const { user, uid, isMicrosoft } = caller;
  const [ip, status] = [ipIn(event, properties), statusOf(event, properties)];
  const resource = said(event, {}, 'resourceId', 'resource_id', 'ResourceId', 'resourceUri');
  const targets = targetsOf(event, properties);
  const users = [isMicrosoft ? undefined : user, ...targets];
  const account = SUBSCRIPTION.exec(resource ?? '')?.[1] ?? said(event, {}, 'tenantId');
  const level = said(event, properties, 'riskLevelDuringSignIn', 'riskLevel', 'level', 'Level')?.toLowerCase() ?? '';
  return {
    occurredAt: TIMES.map((name) => timeOf(event[name]) ?? timeOf(properties[name])).find((time) => time !== undefined),
    entity: entityFor({ ...caller, targets, ip, account }),
    observables: observablesOf(
      ...users.map((name): [string, string | undefined] => ['user-name', name]),
      ...users.map((name): [string, string | undefined] => ['email-address', name?.includes('@') ? name : undefined]),
      ['ip-address', ip],
      ['resource-uid', resource],
    ),
    ocsf: ocsfOf(
      kind,
      LEVELS.get(level) ?? 1,
      `${operation} by ${user ?? uid ?? 'unknown'}${status === undefined ? '' : `: ${status}`}`,
      {
        actor: compact({ userName: user, userUid: uid }),
        src: compact({ ip }),
        cloud: compact({
          provider: 'Azure',
          accountUid: account,
          region: said(event, {}, 'location'),
        }),
        api: { operation, service: category || 'azure', status },
      },
    ),
  };
};

export const azure: Source = {
  name: 'azure',
  kind: 'AZURE',
  ...taking({ under: ['records', 'value'] }),
  normalise: (event) => ('flowTuple' in event ? normaliseFlow(event) : normalise(event)),
};
