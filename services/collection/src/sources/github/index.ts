/**
 * GitHub's audit log of organisations and enterprises (streamed, exported or from its API: JSON lines or an array), and
 * deliveries of webhooks.
 * The entity is `user:<login of the actor>`; GitHub's own apps (`github-actions[bot]`) act as the customer's workflows
 * and settings tell them, and are actors as any other.
 */
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { at, ipOf, textOf, timeOf } from '../json-values.js';
import { baseEvent, compact, entityOf, observablesOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { jsonAlone } from '../taking.js';

const CLASSES: [action: RegExp, kind: OcsfClass][] = [
  [/^user\.(login|logout|failed_login|two_factor_challenge)/, { classUid: 3002, activityId: 1 }],
  [/^org\.sso_response$/, { classUid: 3002, activityId: 1 }],
  [
    /^(org\.add_member|business\.add_admin|business\.invite_admin|repo\.add_member|org\.add_outside_collaborator)/,
    { classUid: 3005, activityId: 1 },
  ],
  [
    /^(org\.remove_member|business\.remove_admin|repo\.remove_member|org\.remove_outside_collaborator)/,
    { classUid: 3005, activityId: 2 },
  ],
  [/^team\.add_member$/, { classUid: 3006, activityId: 3 }],
  [/^team\.remove_member$/, { classUid: 3006, activityId: 4 }],
  [
    /\.(disable|update|change|rename|enable|modify|edit|set|clear|archived|unarchived|transfer|access)\w*$/,
    { classUid: 6003, activityId: 3 },
  ],
  [/\.(create|add|register|generate|invite|opened)\w*$/, { classUid: 6003, activityId: 1 }],
  [/\.(destroy|delete|remove|revoke|dismiss)\w*$/, { classUid: 6003, activityId: 4 }],
  [/\.(download|clone|fetch|list|download_zip|export)\w*$/, { classUid: 6003, activityId: 2 }],
];

/** A word of nobody's is no action of GitHub's, whose have a dot. */
const classOf = (operation: string, actor: string | undefined): OcsfClass =>
  CLASSES.find(([action]) => action.test(operation))?.[1] ??
  (actor === undefined && !operation.includes('.') ? baseEvent : { classUid: 6003, activityId: 99 });

/** What was done; a webhook tells it by what it carries. */
const operationOf = (event: NativeObject): string => {
  const action = textOf(event.action);
  const about = ['pull_request', 'issue', 'workflow_run', 'commits'].find((name) => event[name] !== undefined);
  return about === undefined ? (action ?? 'unknown') : `${about}${action === undefined ? '' : `.${action}`}`;
};

/** A webhook tells when by what it carries. */
const occurredAt = (event: NativeObject): number | undefined => {
  const carried = ['pull_request', 'issue', 'workflow_run', 'comment', 'head_commit'].flatMap((name) => [
    at(event, name, 'updated_at'),
    at(event, name, 'timestamp'),
    at(event, name, 'created_at'),
  ]);
  return [event['@timestamp'], event.created_at, event.at_sign_timestamp, ...carried]
    .map(timeOf)
    .find((time) => time !== undefined);
};

const normalise = (event: NativeObject): NormalisedEvent => {
  const operation = operationOf(event);
  const actor = textOf(event.actor) ?? textOf(at(event, 'sender', 'login')) ?? textOf(at(event, 'pusher', 'name'));
  const [user, ip] = [textOf(event.user), ipOf(event.actor_ip)];
  const repository = textOf(event.repo) ?? textOf(event.repository) ?? textOf(at(event, 'repository', 'full_name'));
  const organisation = textOf(event.org) ?? textOf(at(event, 'organization', 'login')) ?? textOf(event.business);
  return {
    occurredAt: occurredAt(event),
    entity: entityOf('user', actor),
    observables: observablesOf(
      ['user-name', actor],
      ['user-name', user],
      ['ip-address', ip],
      ['resource-uid', repository],
      ['email-address', textOf(event.external_identity_nameid)],
    ),
    ocsf: ocsfOf(
      classOf(operation, actor),
      1,
      `${operation} by ${actor ?? 'unknown'}${repository === undefined ? '' : ` in ${repository}`}`,
      {
        actor: compact({ userName: actor, userUid: textOf(event.actor_id) ?? textOf(at(event, 'sender', 'id')) }),
        src: compact({ ip }),
        cloud: compact({
          provider: 'GitHub',
          accountUid: organisation,
          region: textOf(at(event, 'actor_location', 'country_code')),
        }),
        api: { operation, service: 'github', status: undefined },
      },
    ),
  };
};

export const github: Source = { name: 'github', kind: 'GITHUB', ...jsonAlone, normalise };
