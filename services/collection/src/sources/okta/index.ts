/**
 * Okta System Log: events as JSON lines or as the array the API answers. The entity is `user:<alternateId of the
 * actor>`, or of whom it acts on where Okta itself acts.
 */
import type { NativeJson, NativeObject, NormalisedEvent, Source } from '../source.js';
import { at, ipOf, isObject, textOf, timeOf } from '../json-values.js';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { jsonAlone } from '../taking.js';

const CLASSES: [eventType: RegExp, kind: OcsfClass][] = [
  [/^user\.session\.(end|clear)/, { classUid: 3002, activityId: 2 }],
  [
    /^(user\.session\.start|user\.authentication\.|policy\.evaluate_sign_on|app\.generic\.unauth)/,
    { classUid: 3002, activityId: 1 },
  ],
  [/^user\.lifecycle\.create/, { classUid: 3001, activityId: 1 }],
  [/^user\.lifecycle\.(activate|unsuspend|reactivate)/, { classUid: 3001, activityId: 2 }],
  [/^user\.account\.update_password/, { classUid: 3001, activityId: 3 }],
  [/^user\.account\.reset_password/, { classUid: 3001, activityId: 4 }],
  [/^user\.lifecycle\.(deactivate|suspend)/, { classUid: 3001, activityId: 5 }],
  [/^user\.lifecycle\.delete/, { classUid: 3001, activityId: 6 }],
  [/^user\.account\.lock/, { classUid: 3001, activityId: 9 }],
  [/^user\.mfa\.factor\.(activate|update)/, { classUid: 3001, activityId: 10 }],
  [/^user\.mfa\.factor\.(deactivate|reset_all|suspend)/, { classUid: 3001, activityId: 11 }],
  [/^user\.account\.unlock/, { classUid: 3001, activityId: 12 }],
  [/^user\.account\.privilege\.grant/, { classUid: 3005, activityId: 1 }],
  [/^user\.account\.privilege\.revoke/, { classUid: 3005, activityId: 2 }],
  [/^group\.user_membership\.add/, { classUid: 3006, activityId: 3 }],
  [/^group\.user_membership\.remove/, { classUid: 3006, activityId: 4 }],
  [/\.create$/, { classUid: 6003, activityId: 1 }],
  [/\.delete$/, { classUid: 6003, activityId: 4 }],
  [/\.(update|activate|deactivate)$/, { classUid: 6003, activityId: 3 }],
];

const classOf = (eventType: string | undefined): OcsfClass =>
  eventType === undefined
    ? baseEvent
    : (CLASSES.find(([type]) => type.test(eventType))?.[1] ?? { classUid: 6003, activityId: 99 });

const SEVERITIES = new Map([
  ['DEBUG', 1],
  ['INFO', 1],
  ['WARN', 3],
  ['ERROR', 4],
]);

/** What stands at a path, also where a row of CSV is called by the whole of it. */
const inside = (event: NativeObject, ...path: string[]): NativeJson | undefined =>
  at(event, ...path) ?? event[path.join('.')];

const targetUsers = (event: NativeObject): (string | undefined)[] => {
  const targets: NativeJson[] = Array.isArray(event.target) ? event.target : [];
  return targets.filter((one) => isObject(one) && one.type === 'User').map((one) => textOf(at(one, 'alternateId')));
};

/** A field in Okta's spelling, or in the lower case of some forwarders. */
const said = (event: NativeObject, name: string): string | undefined =>
  textOf(event[name]) ?? textOf(event[name.toLowerCase()]);

const normalise = (event: NativeObject): NormalisedEvent => {
  const eventType = said(event, 'eventType');
  const operation = eventType ?? 'unknown';
  const user = textOf(inside(event, 'actor', 'alternateId')) ?? textOf(inside(event, 'actor', 'id'));
  const ip = ipOf(inside(event, 'client', 'ipAddress'));
  const status = textOf(inside(event, 'outcome', 'result'));
  const isOkta = textOf(inside(event, 'actor', 'type')) === 'SystemPrincipal';
  const users = [isOkta ? undefined : user, ...targetUsers(event)];
  return {
    occurredAt: timeOf(event.published) ?? timeOf(event['@timestamp']),
    entity: entityOf('user', isOkta ? users.find((name) => name !== undefined) : user),
    observables: observablesOf(
      ...users.map((name): [string, string | undefined] => ['user-name', name]),
      ...users
        .filter((name) => name?.includes('@'))
        .map((name): [string, string | undefined] => ['email-address', name]),
      ['ip-address', ip],
    ),
    ocsf: ocsfOf(
      classOf(eventType),
      SEVERITIES.get(textOf(event.severity) ?? '') ?? 1,
      `${said(event, 'displayMessage') ?? operation} by ${user ?? 'unknown'}${status === undefined ? '' : `: ${status}`}`,
      {
        actor: compact({ userName: user, userUid: textOf(inside(event, 'actor', 'id')) }),
        src: compact({ ip }),
        cloud: { provider: 'Okta', region: textOf(inside(event, 'client', 'geographicalContext', 'country')) },
        api: { operation, service: 'okta', status },
      },
    ),
  };
};

export const okta: Source = { name: 'okta', kind: 'OKTA', ...jsonAlone, normalise };
