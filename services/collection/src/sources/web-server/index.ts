/**
 * Web servers: Apache, nginx, IIS (W3C names) and edges, as JSON or as combined log lines, which are wrapped as `{
 * "message": … }`.
 * The entity is `host:<server>`, or `ip:<visitor>` where the log does not name the server.
 */
import { baseEvent, entityOf, ocsfOf } from '../ocsf.js';
import { splitLines } from '../text-lines.js';
import { httpClass, requestParts } from '../http-requests.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { taxonomyView } from '../taxonomy.js';

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('web-server', event);
  const { parts, observables, message } = requestParts(seen);
  const server = seen.text('host.name', 'host.hostname', 'hostname', 's-computername', 'cs-host');
  return {
    occurredAt: seen.time(
      'derived.time',
      '@timestamp',
      'time',
      'timestamp',
      'time_iso8601',
      'time_local',
      'datetime',
      'Datetime',
      'EdgeStartTimestamp',
      'date',
    ),
    entity: server === undefined ? entityOf('ip', parts.src?.ip ?? undefined) : entityOf('host', server),
    observables,
    ocsf: ocsfOf(seen.text('c-uri') === undefined ? baseEvent : httpClass(seen.text('cs-method')), 1, message, parts),
  };
};

export const webServer: Source = { name: 'web-server', kind: 'WEB_SERVER', split: splitLines, normalise };
