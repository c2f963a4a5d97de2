/**
 * What was said around an event, as the JSON that is kept beside it: what it comes to in the names of the Elastic
 * Common Schema (`@timestamp`, `host.name`, `log.syslog`), and all that was said, as it was said, under the protocol's
 * name.
 */
import type { SyslogHeader } from '#libs/sigma';
import { ENVELOPE_TRUNCATED } from '../envelope/line.js';
import type { EventEnvelope, KeptEnvelope } from './envelope.js';
import { NamesRoom } from './names-room.js';
import { jsonOf, lengthOf } from './said-json.js';

/** Of one event. */
const MOST_ENVELOPE_LENGTH = 256 * 1024;
/** What a message may make of envelopes beyond its own length: one may stand around thousands of events. */
const MOST_BESIDES_LENGTH = 4 * 1024 * 1024;

const syslogJson = ({ priority, host, app, pid, messageId, structured, relay }: SyslogHeader): string =>
  JSON.stringify({
    syslog: {
      priority,
      hostname: host,
      appname: app,
      procid: pid,
      msgid: messageId,
      structured_data: structured,
      relay: relay?.host,
    },
  });

const member = (name: string, json: string | undefined): string[] => (json === undefined ? [] : [`"${name}":${json}`]);

/** What each says, the outermost of those of one name; undefined where that are too many names. */
const onceEach = (said: NonNullable<KeptEnvelope['said']>, room: NamesRoom): string[] | undefined => {
  const each = said
    .filter(({ by }, at) => said.findIndex((one) => one.by === by) === at)
    .map((one) => ({ by: one.by, json: jsonOf(one.said, room) }));
  return each.some(({ json }) => json === undefined) ? undefined : each.flatMap(({ by, json }) => member(by, json));
};

/** Envelopes of the events of one message, which are bounded together. */
export class EnvelopeJson {
  private left: number;
  /** The header written last, which often stands before many events. */
  private last: { header: SyslogHeader; json: string } | undefined;

  /** @param messageBytes length of the message. */
  constructor(
    messageBytes: number,
    private readonly names = new NamesRoom(messageBytes),
  ) {
    this.left = messageBytes + MOST_BESIDES_LENGTH;
  }

  /** What is kept of an envelope; null when the event's own bytes hold it. What does not fit is cut and flagged. */
  of({ time, host, kept }: EventEnvelope): { envelope: Buffer | null; flags: string[] } {
    if (!kept) return { envelope: null, flags: [] };
    const { said = [], header } = kept;
    const known = [
      ...member('@timestamp', time && JSON.stringify(new Date(time.at).toISOString())),
      ...member('host', host === undefined ? undefined : JSON.stringify({ name: host })),
    ];
    const log = header && this.logOf(header);
    const least = known.join().length;
    const size = least + (log?.length ?? 0) + said.reduce((sum, one) => sum + lengthOf(one.said), 0);
    const fits = size <= Math.min(MOST_ENVELOPE_LENGTH, this.left);
    const told = fits ? onceEach(said, this.names) : undefined;
    const members = [...known, ...(told ? [...member('log', log), ...told] : [])];
    this.left -= told ? size : least;
    return {
      envelope: members.length === 0 ? null : Buffer.from(`{${members.join()}}`),
      flags: told ? [] : [ENVELOPE_TRUNCATED],
    };
  }

  private logOf(header: SyslogHeader): string {
    if (this.last?.header !== header) this.last = { header, json: syslogJson(header) };
    return this.last.json;
  }
}
