/** What is read of events of web servers and of what stands before them, in a line. */
import { momentOf } from '#libs/sigma';
import type { NativeObject, NormalisedEvent } from '../src/sources/source.js';
import { webServer } from '../src/sources/web-server/index.js';

export const read = (event: NativeObject): NormalisedEvent =>
  webServer.normalise(event, Buffer.from(JSON.stringify(event)));
export const TIME = '[28/Nov/2026:05:00:01 +0100]';
export const AT = Date.UTC(2026, 10, 28, 4, 0, 1);

/** What `read` makes of it, in a line. */
export const told = (event: NativeObject): string => {
  const { occurredAt, writtenTime, entity, ocsf } = read(event);
  const status = ocsf.classUid === 4002 ? '' : ` (${ocsf.classUid})`;
  const at = occurredAt ?? (writtenTime && momentOf(writtenTime, AT)?.at);
  return `${at === AT ? '' : `${at} `}${entity} ${ocsf.message}${status}`;
};
