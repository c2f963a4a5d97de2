/**
 * Web proxies: Zscaler, Squid, CEF and ECS as JSON, or lines of names and values, which are wrapped as `{ "message": …
 * }`. The entity is `ip:<address>` of who asked, or `user:…` where the proxy knows only that.
 */
import { baseEvent, entityOf, ocsfOf } from '../ocsf.js';
import { httpClass, requestParts } from '../http-requests.js';
import type { NativeObject, NormalisedEvent, Source } from '../source.js';
import { w3cToo } from '../taking.js';
import { taxonomyView } from '../taxonomy.js';

const REFUSED = /^(block|den|drop|reject|refus)/i;

const TIMES = [
  'derived.time',
  '@timestamp',
  'timestamp',
  'event.datetime',
  'time',
  'datetime',
  'event.time',
  'epochtime',
  'rt',
  'EventTime',
  'date',
];

const normalise = (event: NativeObject): NormalisedEvent => {
  const seen = taxonomyView('web-proxy', event);
  const { parts, observables, message } = requestParts(seen);
  const action = seen.text('action');
  return {
    ...seen.when(TIMES, seen.text('tz', 'event.tz', 'timezone', 'dtz')),
    entity: parts.src?.ip ? entityOf('ip', parts.src.ip) : entityOf('user', parts.actor?.userName ?? undefined),
    observables,
    ocsf: ocsfOf(
      seen.text('c-uri') === undefined ? baseEvent : httpClass(seen.text('cs-method')),
      REFUSED.test(action ?? '') ? 2 : 1,
      action === undefined ? message : `${action}: ${message}`,
      parts,
    ),
  };
};

export const webProxy: Source = { name: 'web-proxy', kind: 'WEB_PROXY', ...w3cToo, normalise };
