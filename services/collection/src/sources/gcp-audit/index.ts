/**
 * Google Cloud audit logs: log entries as JSON lines, as `{"entries": […]}`, or inside messages of Pub/Sub (pushed or
 * pulled; their data is base64).
 * The entity is `user:<address>` for people, `cloud-principal:<address>` for service accounts, `ip:<address>` for
 * callers who did not sign in. Where Google itself acts it is whoever called, else `cloud-account:<project>`.
 */
import type { Ocsf } from '#contracts';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { at, ipOf, objectAt, textOf, timeOf, wholeOf } from '../json-values.js';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { taking } from '../taking.js';

const VERBS: [verbs: string, activityId: number][] = [
  ['create|insert|generate|upload|deploy', 1],
  ['delete|purge|destroy|undeploy', 4],
  ['update|patch|set|add|remove|replace|enable|disable|undelete|write|move', 3],
  ['get|list|query|read|search|lookup|watch', 2],
];
const ACTIVITIES = VERBS.map(([verbs, activityId]): [method: RegExp, activityId: number] => [
  new RegExp(`(?:^|[.:])(?:${verbs})[a-z]*$`, 'i'),
  activityId,
]);

const classOf = (service: string, method: string | undefined): OcsfClass =>
  method === undefined
    ? baseEvent
    : service === 'login.googleapis.com'
      ? { classUid: 3002, activityId: /logout/i.test(method) ? 2 : 1 }
      : { classUid: 6003, activityId: ACTIVITIES.find(([pattern]) => pattern.test(method))?.[1] ?? 99 };

const SEVERITIES = new Map([
  ['WARNING', 2],
  ['ERROR', 2],
  ['CRITICAL', 4],
  ['ALERT', 4],
  ['EMERGENCY', 5],
]);

/** The payload, also by the names exports to BigQuery and some forwarders give it. */
const payloadOf = (event: NativeObject): NativeObject | undefined =>
  objectAt(event, 'protoPayload') ??
  objectAt(event, 'protopayload') ??
  objectAt(event, 'protopayload_auditlog') ??
  objectAt(event, 'data', 'protoPayload');

const statusOf = (payload: NativeObject | undefined): string => {
  const code = wholeOf(at(payload, 'status', 'code'));
  return code === undefined || code === 0 ? 'Success' : (textOf(at(payload, 'status', 'message')) ?? `code ${code}`);
};

/** Service accounts are addresses too. */
const isPerson = (principal: string | undefined): boolean =>
  principal?.includes('@') === true && !principal.endsWith('gserviceaccount.com');

const principalOf = (who: NativeObject | undefined): string | undefined =>
  textOf(who?.principalEmail) ?? textOf(who?.principalSubject)?.split('/').pop();

const ipIn = (payload: NativeObject | undefined): string | undefined => {
  const request = at(payload, 'requestMetadata');
  return ipOf(at(request, 'callerIp')) ?? ipOf(at(request, 'callerIP'));
};

/** Google itself: no customer has these addresses. */
const isGoogle = (principal: string | undefined): boolean =>
  principal === 'system@google.com' || principal?.endsWith('@system.gserviceaccount.com') === true;

const entityFor = (principal: string | undefined, ip: string | undefined, project: string | undefined): string => {
  if (isGoogle(principal)) return ip === undefined ? entityOf('cloud-account', project) : entityOf('ip', ip);
  if (principal !== undefined) return entityOf(isPerson(principal) ? 'user' : 'cloud-principal', principal);
  return ip === undefined ? entityOf('user', undefined) : entityOf('ip', ip);
};

const occurredAt = (event: NativeObject): number | undefined =>
  timeOf(event.timestamp) ?? timeOf(at(event, 'data', 'timestamp')) ?? timeOf(event.receiveTimestamp);

const cloudOf = (event: NativeObject): Ocsf['cloud'] => {
  const labels = objectAt(event, 'resource', 'labels') ?? objectAt(event, 'data', 'resource', 'labels');
  return compact({
    provider: 'GCP',
    accountUid: textOf(labels?.project_id),
    region: textOf(labels?.location) ?? textOf(labels?.zone),
  });
};

const normalise = (event: NativeObject): NormalisedEvent => {
  const payload = payloadOf(event);
  const who = objectAt(payload, 'authenticationInfo');
  const [named, service] = [textOf(payload?.methodName), textOf(payload?.serviceName) ?? 'gcp'];
  const method = named ?? 'unknown';
  const principal = principalOf(who);
  const own = isGoogle(principal) ? undefined : principal;
  const person = isPerson(own) ? own : undefined;
  const [ip, cloud] = [ipIn(payload), cloudOf(event)];
  const [status, resource] = [statusOf(payload), textOf(payload?.resourceName)];
  return {
    occurredAt: occurredAt(event),
    entity: entityFor(principal, ip, cloud?.accountUid ?? undefined),
    observables: observablesOf(
      ['user-name', own],
      ['email-address', person],
      ['ip-address', ip],
      ['resource-uid', resource],
    ),
    ocsf: ocsfOf(
      classOf(service, named),
      SEVERITIES.get(textOf(event.severity) ?? '') ?? 1,
      `${service} ${method} by ${principal ?? 'unknown'}: ${status}`,
      {
        actor: compact({ userName: principal, userUid: textOf(who?.principalSubject) ?? principal }),
        src: compact({ ip }),
        cloud,
        api: { operation: method, service, status },
      },
    ),
  };
};

export const gcpAudit: Source = {
  name: 'gcp-audit',
  kind: 'GCP_AUDIT',
  ...taking({ under: ['entries'] }),
  normalise,
};
