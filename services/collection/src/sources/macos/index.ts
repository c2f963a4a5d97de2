/**
 * macOS: Jamf Protect's alerts and telemetry, Endpoint Security's JSON (eslogger), the audit trail, Santa, agents in
 * ECS. The entity is `host:<name>`.
 */
import { baseEvent, entityOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { at, isObject, textOf, timeOf, wholeOf } from '../json-values.js';
import type { NativeJson, NativeObject, NormalisedEvent, Source } from '../source.js';
import type { DeviceTime } from '../any-time.js';
import { jsonAlone } from '../taking.js';
import { endpointClass } from '../endpoint-classes.js';
import { endpointParts, taxonomyView } from '../taxonomy.js';

/** Jamf counts alerts from 0 (informational) to 3 (high). */
const SEVERITIES = new Map([
  [0, 1],
  [1, 2],
  [2, 3],
  [3, 4],
]);

/** A vendor's alert about something else than a process or a file. */
const FINDING: OcsfClass = { classUid: 2004, activityId: 1 };

const SESSIONS = new Map<string, OcsfClass>([
  ['AUE_lw_login', { classUid: 3002, activityId: 1 }],
  ['AUE_auth_user', { classUid: 3002, activityId: 1 }],
  ['AUE_ssauthint', { classUid: 3002, activityId: 1 }],
  ['AUE_SESSION_START', { classUid: 3002, activityId: 1 }],
  ['AUE_SESSION_CLOSE', { classUid: 3002, activityId: 2 }],
  ['AUE_EXIT', { classUid: 1007, activityId: 2 }],
  ['AUE_FORK', { classUid: 1007, activityId: 1 }],
  ['AUE_REMOVE_FROM_GROUP', { classUid: 3006, activityId: 4 }],
]);

const alertOf = (event: NativeObject): NativeJson | undefined => at(event, 'match') ?? at(event, 'input', 'match');

const TIMES = [
  'derived.time',
  'time',
  '@timestamp',
  'event_time',
  'metadata.timestamp',
  'timestamp',
  'event.timestamp',
  'unixTime',
  'date',
];

const saidTime = (event: NativeObject, seen: ReturnType<typeof taxonomyView>): DeviceTime => {
  const seconds = wholeOf(at(event, 'header', 'time_seconds_epoch'));
  if (seconds !== undefined)
    return { occurredAt: timeOf(seconds * 1000 + (wholeOf(at(event, 'header', 'time_milliseconds_offset')) ?? 0)) };
  return seen.when(TIMES, undefined, [at(alertOf(event), 'event', 'timestamp')]);
};

const factOf = (alert: NativeJson | undefined): string | undefined => {
  const facts = at(alert, 'facts');
  const [first] = Array.isArray(facts) ? facts.filter((one) => isObject(one)) : [];
  return textOf(first?.human) ?? textOf(first?.name);
};

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('macos', event);
  const host = seen.text('Computer');
  const alert = alertOf(event);
  const { parts, observables } = endpointParts(seen, host);
  const what =
    seen.text('TargetFilename', 'CommandLine', 'Image') ?? textOf(at(event, 'header', 'event_name')) ?? 'event';
  return {
    ...saidTime(event, seen),
    entity: entityOf('host', host),
    observables,
    ocsf: ocsfOf(
      endpointClass(seen.category) ??
        (alert === undefined ? SESSIONS.get(textOf(at(event, 'header', 'event_name')) ?? '') : FINDING) ??
        baseEvent,
      SEVERITIES.get(wholeOf(at(alert, 'severity')) ?? 0) ?? 1,
      [factOf(alert) ?? seen.category, what].filter(Boolean).join(': '),
      parts,
    ),
  };
};

export const macos: Source = { name: 'macos', kind: 'MACOS', ...jsonAlone, normalise };
