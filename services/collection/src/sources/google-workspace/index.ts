/**
 * Google Workspace: activities of the Reports API, as JSON lines or as it answers (`{"items": […]}`). An activity may
 * hold several events; it stays one piece, for who did them is said once. The entity is `user:<address of the actor>`,
 * or of whom it is about where Google itself acts.
 */
import type { NativeJson, NativeObject, NormalisedEvent, Source } from '../source.js';
import { at, ipOf, isObject, textOf, timeOf } from '../json-values.js';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { taking } from '../taking.js';

const CLASSES: [event: RegExp, kind: OcsfClass][] = [
  [/^logout$/i, { classUid: 3002, activityId: 2 }],
  [
    /^(login_|risky_sensitive_action|suspicious_login|suspicious_programmatic_login|gov_attack_warning)/i,
    { classUid: 3002, activityId: 1 },
  ],
  [/^CREATE_USER$/i, { classUid: 3001, activityId: 1 }],
  [/^(UNSUSPEND_USER|UNDELETE_USER)$/i, { classUid: 3001, activityId: 2 }],
  [/^(CHANGE_PASSWORD|password_edit)$/i, { classUid: 3001, activityId: 3 }],
  [/^SUSPEND_USER$|^account_disabled/i, { classUid: 3001, activityId: 5 }],
  [/^DELETE_USER$/i, { classUid: 3001, activityId: 6 }],
  [/^(2sv_enroll)$/i, { classUid: 3001, activityId: 10 }],
  [/^(2sv_disable|TURN_OFF_2_STEP_VERIFICATION|UNENROLL_USER_FROM_STRONG_AUTH)$/i, { classUid: 3001, activityId: 11 }],
  [/^(GRANT_ADMIN_PRIVILEGE|GRANT_DELEGATED_ADMIN_PRIVILEGES|ASSIGN_ROLE)$/i, { classUid: 3005, activityId: 1 }],
  [/^(REVOKE_ADMIN_PRIVILEGE|UNASSIGN_ROLE)$/i, { classUid: 3005, activityId: 2 }],
  [/^ADD_GROUP_MEMBER$/i, { classUid: 3006, activityId: 3 }],
  [/^REMOVE_GROUP_MEMBER$/i, { classUid: 3006, activityId: 4 }],
  [/^(CREATE|ADD|authorize|upload|copy)/i, { classUid: 6003, activityId: 1 }],
  [/^(view|download|preview|print|export)/i, { classUid: 6003, activityId: 2 }],
  [/^(DELETE|REMOVE|trash|revoke)/i, { classUid: 6003, activityId: 4 }],
  [/^(CHANGE|TOGGLE|UPDATE|edit|rename|move|ENFORCE|ALLOW)/i, { classUid: 6003, activityId: 3 }],
];

const WARNINGS = /suspicious|gov_attack_warning|leaked|out_of_domain|compromised/i;

/** The events of an activity; a flattened one is its own event. */
const eventsOf = (activity: NativeObject): NativeObject[] => {
  const events = Array.isArray(activity.events)
    ? activity.events.filter((one): one is NativeObject => isObject(one))
    : [];
  return events.length > 0 ? events : [activity];
};

/** Addresses an event names in its parameters, as a list or as an object. */
const addressesIn = (event: NativeObject): (string | undefined)[] => {
  const listed = Array.isArray(event.parameters)
    ? event.parameters.map((one) => at(one, 'value'))
    : isObject(event.parameters)
      ? Object.values(event.parameters)
      : [];
  return (listed as (NativeJson | undefined)[])
    .map(textOf)
    .filter((text) => text !== undefined && /^[^@\s]{1,256}@[^@\s]{1,256}$/.test(text));
};

/** Whoever has no address; Google calls itself SYSTEM. */
const keyOf = (activity: NativeObject): string | undefined => {
  const key = textOf(at(activity, 'actor', 'key'));
  return key?.toUpperCase() === 'SYSTEM' ? undefined : key;
};

const userOf = (activity: NativeObject): string | undefined =>
  textOf(at(activity, 'actor', 'email')) ?? keyOf(activity) ?? textOf(at(activity, 'actor', 'profileId'));

const normalise = (activity: NativeObject): NormalisedEvent => {
  const events = eventsOf(activity);
  const names = events.map(({ name }) => textOf(name)).filter((name) => name !== undefined);
  const operation = names[0] ?? 'unknown';
  const user = userOf(activity);
  const ip = ipOf(activity.ipAddress);
  const isSaid = names.length > 0 && (user !== undefined || isObject(activity.id));
  const application = textOf(at(activity, 'id', 'applicationName')) ?? 'google-workspace';
  const addresses = [user?.includes('@') === true ? user : undefined, ...events.flatMap(addressesIn)];
  return {
    occurredAt: timeOf(at(activity, 'id', 'time')),
    entity: entityOf('user', user ?? addresses.find((one) => one !== undefined)),
    observables: observablesOf(
      ['user-name', user],
      ['ip-address', ip],
      ...addresses.map((one): [string, string | undefined] => ['email-address', one]),
    ),
    ocsf: ocsfOf(
      isSaid ? (CLASSES.find(([name]) => name.test(operation))?.[1] ?? { classUid: 6003, activityId: 99 }) : baseEvent,
      names.some((name) => WARNINGS.test(name)) ? 3 : 1,
      `${application} ${names.join(', ') || operation} by ${user ?? 'unknown'}`,
      {
        actor: compact({ userName: user, userUid: textOf(at(activity, 'actor', 'profileId')) }),
        src: compact({ ip }),
        cloud: compact({ provider: 'Google Workspace', accountUid: textOf(at(activity, 'id', 'customerId')) }),
        api: { operation, service: application, status: operation === 'login_failure' ? 'Failure' : undefined },
      },
    ),
  };
};

export const googleWorkspace: Source = {
  name: 'google-workspace',
  kind: 'GOOGLE_WORKSPACE',
  ...taking({ under: ['items'] }),
  normalise,
};
