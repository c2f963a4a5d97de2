/** What a webhook's body holds: its events, and what the sender says around them in headers. */
import type { IncomingHttpHeaders } from 'node:http';
import { eventOfBytes } from '../envelope/event-of-bytes.js';
import { writeLine } from '../envelope/line.js';
import { memberOf } from '../envelope/members.js';
import { SharedRoom } from '../envelope/shared-room.js';
import { elements } from '../sources/json-scan.js';
import { counted, MOST_EVENTS, type BodyFacts, type BodyFormat } from './body-format.js';
import { ndjson } from './formats.js';
import type { Hook } from './hook-secrets.js';

/** What is kept of who sent it and why; GitHub's events do not say themselves what they are. */
const KEPT = ['x-github-event', 'x-github-delivery', 'x-github-hook-id', 'webhook-id', 'webhook-timestamp'];
const LONGEST = 256;
const [OPEN_OBJECT, OPEN_ARRAY] = [0x7b, 0x5b];

const saidIn = (headers: IncomingHttpHeaders): string | undefined => {
  const said = KEPT.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' && value.length <= LONGEST ? [[name, value]] : [];
  });
  return said.length > 0 ? JSON.stringify(Object.fromEntries(said)) : undefined;
};

/** GitHub sends a form unless it is told to send JSON. */
const payloadIn = (body: Buffer, { contentType }: BodyFacts): Buffer => {
  if (!/^application\/x-www-form-urlencoded/i.test(contentType)) return body;
  const payload = new URLSearchParams(body.toString('utf8')).get('payload');
  return payload === null ? body : Buffer.from(payload);
};

/** Okta sends several events in one: `{"data":{"events":[…]}}`. @throws Refusal 413 for too many. */
const oktaEvents = (body: Buffer): Buffer[] | undefined => {
  // Not parsed as a whole: each event is, when its line is written.
  const data = body[0] === OPEN_OBJECT ? memberOf(body, 'data') : undefined;
  const events = data?.[0] === OPEN_OBJECT ? memberOf(data, 'events') : undefined;
  return events?.[0] === OPEN_ARRAY ? counted(elements(events, 0, MOST_EVENTS + 1)) : undefined;
};

/** How the body of a hook is read, once it is known who sent it. */
export const hookFormat = ({ scheme }: Hook, headers: IncomingHttpHeaders): BodyFormat => ({
  ...ndjson,
  by: 'webhook',
  read: (body, facts) => {
    const payload = payloadIn(body, facts);
    const events = (scheme === 'okta' ? oktaEvents(payload) : undefined) ?? ndjson.read(payload, facts).events;
    const [said, room] = [saidIn(headers), new SharedRoom()];
    const lineOf = (bytes: Buffer): Buffer => {
      const { event, flags } = eventOfBytes(bytes);
      const around = room.around(said);
      return writeLine({ by: 'webhook', ...around, flags: [...flags, ...around.flags], event });
    };
    return { events: events.map(lineOf), enveloped: true };
  },
});
