/**
 * Web servers: Apache, nginx, IIS (W3C names) and edges, as JSON or as lines of their access and error logs, which are
 * wrapped as `{ "message": … }`. The entity is `host:<server>`, as its own settings or who sends its log call it, or
 * `ip:<visitor>` where the log does not say; never what a visitor wrote (an address, a Host header).
 */
import { baseEvent, entityOf, ocsfOf, type OcsfClass } from '../ocsf.js';
import { w3cToo } from '../taking.js';
import { httpClass, requestParts } from '../http-requests.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { taxonomyView, type TaxonomyView } from '../taxonomy.js';

const TIMES = [
  'derived.time',
  '@timestamp',
  'time',
  'timestamp',
  'time_iso8601',
  'time_local',
  'msec',
  'ts',
  'StartUTC',
  'timeStamp',
  'start_time',
  'reqTimeSec',
  'datetime',
  'Datetime',
  'EdgeStartTimestamp',
  'date',
];

/** A connection of which no request is known (HAProxy and AWS in TCP mode). */
const connection: OcsfClass = { classUid: 4001, activityId: 6 };

const connectionText = (seen: TaxonomyView): string => `connection to ${seen.text('backend', 'dst_ip') ?? '?'}`;

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('web-server', event);
  const { parts, observables, message } = requestParts(seen);
  const server = seen.text('derived.server');
  const isConnection = seen.text('derived.category') === 'connection';
  const isRequest = !isConnection && seen.text('c-uri', 'sc-status') !== undefined;
  return {
    // Who ships a log from its host may know the host's zone.
    ...seen.when(TIMES, seen.text('event.timezone')),
    entity: server === undefined ? entityOf('ip', parts.src?.ip ?? undefined) : entityOf('host', server),
    observables,
    ocsf: ocsfOf(
      isRequest ? httpClass(seen.text('cs-method')) : isConnection ? connection : baseEvent,
      1,
      isRequest ? message : (seen.text('msg') ?? (isConnection ? connectionText(seen) : message)),
      parts,
    ),
  };
};

export const webServer: Source = { name: 'web-server', kind: 'WEB_SERVER', ...w3cToo, normalise };
