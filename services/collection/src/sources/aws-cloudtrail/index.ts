/**
 * AWS CloudTrail: records as JSON lines, as an array, or in the `{"Records": […]}` files CloudTrail delivers.
 * The entity is `cloud-principal:<ARN of who acted, lower-case>`. Findings come the same ways: `findings.ts`.
 */
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { at, ipOf, objectAt, textOf, timeOf } from '../json-values.js';
import { compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
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

const classOf = (operation: string): OcsfClass =>
  LOGONS.has(operation)
    ? { classUid: 3002, activityId: operation === 'SwitchRole' ? 7 : 1 }
    : { classUid: 6003, activityId: ACTIVITIES.find(([verbs]) => verbs.test(operation))?.[1] ?? 99 };

/** Who acted, as well as the record says: ARN, principal, the AWS service, or the account. */
const principalOf = (event: NativeObject, identity: NativeObject | undefined): string | undefined =>
  textOf(identity?.arn) ??
  textOf(identity?.principalId) ??
  textOf(identity?.invokedBy) ??
  textOf(identity?.userName) ??
  textOf(identity?.accountId) ??
  textOf(event.recipientAccountId);

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
  const operation = textOf(event.eventName) ?? 'unknown';
  const [principal, user, ip] = [principalOf(event, identity), userOf(identity), ipOf(event.sourceIPAddress)];
  const failed = statusOf(event) !== 'Success';
  return {
    occurredAt: timeOf(event.eventTime) ?? timeOf(event['@timestamp']),
    entity: entityOf('cloud-principal', principal),
    observables: observablesOf(
      ['resource-uid', principal],
      ['user-name', user],
      ['ip-address', ip],
      ['resource-uid', textOf(at(event, 'requestParameters', 'roleArn'))],
    ),
    ocsf: ocsfOf(classOf(operation), failed ? 2 : 1, messageOf(event, operation, principal), {
      actor: compact({ userName: user, userUid: principal }),
      src: compact({ ip, hostname: ip === undefined ? textOf(event.sourceIPAddress) : undefined }),
      cloud: compact({
        provider: 'AWS',
        accountUid: textOf(identity?.accountId) ?? textOf(event.recipientAccountId),
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
