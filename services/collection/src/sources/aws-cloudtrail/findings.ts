/**
 * What other services of AWS say by the same ways as CloudTrail: findings of GuardDuty and of Security Hub (ASFF), and
 * changes that Config records. Who or what they are about is the entity: who called, else the instance, else the
 * resource.
 */
import type { NativeJson, NativeObject, NormalisedEvent } from '../source.js';
import { at, ipOf, isObject, objectAt, textOf, timeOf } from '../json-values.js';
import { compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';

const FINDING: OcsfClass = { classUid: 2004, activityId: 1 };
const COMPLIANCE: OcsfClass = { classUid: 2003, activityId: 1 };
/** Inventory: what a resource is like now. */
const INVENTORY: OcsfClass = { classUid: 5001, activityId: 1 };

/** GuardDuty's 1 to 10. https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const severityOf = (value: NativeJson | undefined): number => {
  const number = typeof value === 'number' ? value : 0;
  return number >= 9 ? 5 : number >= 7 ? 4 : number >= 4 ? 3 : number > 0 ? 2 : 1;
};
const LABELS = new Map([
  ['CRITICAL', 5],
  ['HIGH', 4],
  ['MEDIUM', 3],
  ['LOW', 2],
]);

/** Whom or what a finding is about. */
interface About {
  principal?: string;
  user?: string;
  instance?: string;
  resource?: string;
}

const entityFor = ({ principal, instance, resource }: About, account: string | undefined): string =>
  principal === undefined && instance !== undefined
    ? entityOf('host', instance)
    : entityOf('cloud-principal', principal ?? resource ?? account);

const made = (
  kind: OcsfClass,
  about: About,
  said: { title: string; type: string; service: string; severity: number; at?: number; ip?: string } & {
    account?: string;
    region?: string;
    status?: string;
  },
): NormalisedEvent => ({
  occurredAt: said.at,
  entity: entityFor(about, said.account),
  observables: observablesOf(
    ['resource-uid', about.principal],
    ['user-name', about.user],
    ['hostname', about.instance],
    ['resource-uid', about.resource],
    ['ip-address', said.ip],
  ),
  ocsf: ocsfOf(kind, said.severity, said.title, {
    device: compact({ hostname: about.instance }),
    actor: compact({ userName: about.user, userUid: about.principal }),
    src: compact({ ip: said.ip }),
    cloud: compact({ provider: 'AWS', accountUid: said.account, region: said.region }),
    api: { operation: said.type, service: said.service, status: said.status },
  }),
});

const ACTIONS = ['networkConnectionAction', 'awsApiCallAction', 'kubernetesApiCallAction', 'rdsLoginAttemptAction'];

const remoteIp = (action: NativeObject | undefined): string | undefined => {
  const probe = at(action, 'portProbeAction', 'portProbeDetails');
  const first = Array.isArray(probe) ? probe[0] : undefined;
  return [...ACTIONS.map((name) => at(action, name)), first]
    .map((one) => ipOf(at(one, 'remoteIpDetails', 'ipAddressV4')) ?? ipOf(at(one, 'remoteIpDetails', 'ipAddressV6')))
    .find((ip) => ip !== undefined);
};

const guardDuty = (event: NativeObject): NormalisedEvent => {
  const [key, service] = [objectAt(event, 'resource', 'accessKeyDetails'), objectAt(event, 'service')];
  return made(
    FINDING,
    {
      principal: textOf(key?.principalId) ?? textOf(key?.userName),
      user: textOf(key?.userName),
      instance: textOf(at(event, 'resource', 'instanceDetails', 'instanceId')),
    },
    {
      title: textOf(event.title) ?? textOf(event.type) ?? 'finding',
      type: textOf(event.type) ?? 'finding',
      service: 'guardduty',
      severity: severityOf(event.severity),
      at: timeOf(service?.eventLastSeen) ?? timeOf(event.updatedAt) ?? timeOf(event.createdAt),
      ip: remoteIp(objectAt(service, 'action')),
      account: textOf(event.accountId),
      region: textOf(event.region),
    },
  );
};

const INSTANCE = /:instance\/(i-[0-9a-f]{8,17})$/;
const PRINCIPAL = /^arn:aws[a-z-]{0,20}:(?:iam|sts)::/;

const asff = (event: NativeObject): NormalisedEvent => {
  const resources = Array.isArray(event.Resources) ? event.Resources.filter(isObject) : [];
  const ids = resources.map(({ Id }) => textOf(Id)).filter((id) => id !== undefined);
  const status = textOf(at(event, 'Compliance', 'Status'));
  return made(
    status === undefined ? FINDING : COMPLIANCE,
    {
      principal: ids.find((id) => PRINCIPAL.test(id)),
      instance: ids.map((id) => INSTANCE.exec(id)?.[1]).find((id) => id !== undefined),
      resource: ids[0],
    },
    {
      title: textOf(event.Title) ?? 'finding',
      type: textOf(Array.isArray(event.Types) ? event.Types[0] : undefined) ?? 'finding',
      service: textOf(event.ProductName) ?? 'securityhub',
      severity: LABELS.get(textOf(at(event, 'Severity', 'Label')) ?? '') ?? 1,
      at: timeOf(event.LastObservedAt) ?? timeOf(event.UpdatedAt) ?? timeOf(event.CreatedAt),
      ip: ipOf(at(event, 'Network', 'SourceIpV4')),
      account: textOf(event.AwsAccountId),
      region: textOf(event.Region),
      status: status ?? textOf(at(event, 'Workflow', 'Status')),
    },
  );
};

const config = (event: NativeObject): NormalisedEvent => {
  const item = objectAt(event, 'configurationItem') ?? event;
  return made(
    INVENTORY,
    { resource: textOf(item.ARN) ?? textOf(item.arn) ?? textOf(item.resourceId) },
    {
      title: `${textOf(item.resourceType) ?? 'resource'} ${textOf(item.configurationItemStatus) ?? 'recorded'}`,
      type: textOf(item.resourceType) ?? 'resource',
      service: 'config',
      severity: 1,
      at: timeOf(item.configurationItemCaptureTime),
      account: textOf(item.awsAccountId),
      region: textOf(item.awsRegion),
      status: textOf(item.configurationItemStatus),
    },
  );
};

/** What becomes of an event that is no record of CloudTrail; undefined for any other. */
export const otherOf = (event: NativeObject): NormalisedEvent | undefined => {
  if (event.eventName !== undefined) return undefined;
  if (textOf(at(event, 'service', 'serviceName')) === 'guardduty') return guardDuty(event);
  if (textOf(event.ProductArn) !== undefined && isObject(event.Severity)) return asff(event);
  if (isObject(event.configurationItem) || textOf(event.configurationItemCaptureTime) !== undefined)
    return config(event);
  return undefined;
};
