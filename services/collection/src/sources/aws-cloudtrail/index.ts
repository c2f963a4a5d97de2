/**
 * AWS CloudTrail: records as JSON lines, as an array, or in the `{"Records": […]}` files CloudTrail delivers.
 * The entity is `cloud-principal:<ARN of who acted, lower-case>`, of what it acts on where a service of AWS acts by
 * itself, else `cloud-account:<number>`. Findings come the same ways: `findings.ts`.
 */
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { at, ipOf, isObject, objectAt, textOf, timeOf } from '../json-values.js';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { taking } from '../taking.js';
import { otherOf } from './findings.js';

const ACTIVITIES: [verbs: RegExp, activityId: number][] = [
  [/^(Create|Run|Allocate|Register|Import|Issue|Generate|Upload)/, 1],
  [/^(Get|List|Describe|Head|Lookup|Search|Scan|Query|BatchGet|Select|Download)/, 2],
  [/^(Delete|Terminate|Remove|Deregister|Release|Purge)/, 4],
  [
    /^(Put|Update|Modify|Set|Attach|Detach|Add|Change|Enable|Disable|Start|Stop|Associate|Disassociate|Authorize|Revoke|Replace)/,
    3,
  ],
];

const LOGONS = new Set(['ConsoleLogin', 'SwitchRole', 'CredentialVerification', 'UserAuthentication', 'Authenticate']);

const classOf = (operation: string | undefined): OcsfClass => {
  if (operation === undefined) return baseEvent;
  return LOGONS.has(operation)
    ? { classUid: 3002, activityId: operation === 'SwitchRole' ? 7 : 1 }
    : { classUid: 6003, activityId: ACTIVITIES.find(([verbs]) => verbs.test(operation))?.[1] ?? 99 };
};

/** Who acted: ARN, principal or name; undefined where AWS does, for one of its services. */
const principalOf = (identity: NativeObject | undefined): string | undefined =>
  textOf(identity?.type) === 'AWSService'
    ? undefined
    : (textOf(identity?.arn) ?? textOf(identity?.principalId) ?? textOf(identity?.userName));

/** What AWS acted on, of the account: the role that a service took, else the resource that has an owner. */
const targetOf = (event: NativeObject): string | undefined => {
  const resources = Array.isArray(event.resources) ? event.resources.filter(isObject) : [];
  const owned = resources.find(({ accountId }) => accountId !== undefined) ?? resources[0];
  return textOf(at(event, 'requestParameters', 'roleArn')) ?? textOf(owned?.ARN) ?? textOf(owned?.arn);
};

const userOf = (identity: NativeObject | undefined): string | undefined =>
  textOf(identity?.userName) ??
  textOf(at(identity, 'sessionContext', 'sessionIssuer', 'userName')) ??
  (textOf(identity?.type) === 'Root' ? 'root' : undefined);

const statusOf = (event: NativeObject): string =>
  textOf(event.errorCode) ??
  (textOf(at(event, 'responseElements', 'ConsoleLogin')) === 'Failure' ? 'Failure' : 'Success');

const messageOf = (event: NativeObject, operation: string, principal: string | undefined): string =>
  `${textOf(event.eventSource) ?? 'aws'} ${operation} by ${principal ?? 'unknown'}: ${statusOf(event)}`;

const normalise = (event: NativeObject): NormalisedEvent => {
  const identity = objectAt(event, 'userIdentity');
  const name = textOf(event.eventName);
  const operation = name ?? 'unknown';
  const [principal, user, ip] = [principalOf(identity), userOf(identity), ipOf(event.sourceIPAddress)];
  const about = principal ?? targetOf(event);
  const account = textOf(identity?.accountId) ?? textOf(event.recipientAccountId);
  const actor = principal ?? textOf(identity?.invokedBy) ?? account;
  const failed = statusOf(event) !== 'Success';
  return {
    occurredAt: timeOf(event.eventTime) ?? timeOf(event['@timestamp']),
    entity:
      about === undefined && account !== undefined
        ? entityOf('cloud-account', account)
        : entityOf('cloud-principal', about),
    observables: observablesOf(
      ['resource-uid', about],
      ['user-name', user],
      ['ip-address', ip],
      ['resource-uid', textOf(at(event, 'requestParameters', 'roleArn'))],
    ),
    ocsf: ocsfOf(classOf(name), failed ? 2 : 1, messageOf(event, operation, actor), {
      actor: compact({ userName: user, userUid: actor }),
      src: compact({ ip, hostname: ip === undefined ? textOf(event.sourceIPAddress) : undefined }),
      cloud: compact({
        provider: 'AWS',
        accountUid: account,
        region: textOf(event.awsRegion),
      }),
      api: { operation, service: textOf(event.eventSource), status: statusOf(event) },
    }),
  };
};

export const awsCloudtrail: Source = {
  name: 'aws-cloudtrail',
  kind: 'AWS_CLOUDTRAIL',
  ...taking({ under: ['Records'] }),
  normalise: (event) => otherOf(event) ?? normalise(event),
};
