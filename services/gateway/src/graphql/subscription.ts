import { every } from '#libs/service';
import type { NodeType } from '../domain/node-id.js';
import { within } from '../domain/scope.js';
import type { ChangeNotice } from '../live/feed.js';
import type { FeedName } from '../live/feeds.js';
import { itemAt } from './items.js';
import type { Visit } from './visit.js';

/** How often the grants of a listener are read again: a revocation ends its subscription. */
const LOOK_EVERY_MS = 2_000;

const FEED_OF = { Case: 'cases', Action: 'actions' } as const satisfies Partial<Record<NodeType, FeedName>>;

/**
 * Changed things of a type, of the tenants one may see at the moment of the change, each as the field of the
 * subscription. Ends when the token ends or nothing wanted may be seen any more.
 */
export const changes = (
  visit: Visit,
  field: string,
  type: keyof typeof FEED_OF,
  wanted?: readonly string[],
): AsyncIterableIterator<Record<string, unknown>> => {
  let tenants = within(visit.gate.scope, wanted);
  const feed = visit.live.feeds.open(FEED_OF[type], (tenant) => tenants.includes(tenant));
  const over = (): boolean => tenants.length === 0 || visit.now() > visit.gate.scope.caller.expiresAt;
  const look = async (): Promise<Visit> => {
    const now = await visit.again();
    tenants = within(now.gate.scope, wanted);
    if (over()) feed.close();
    return now;
  };
  const stopLooking = every(LOOK_EVERY_MS, look, () => feed.close());
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    void stopLooking();
    feed.close();
    return { value: undefined, done: true };
  };
  const shown = async ({ tenant, key }: ChangeNotice): Promise<Record<string, unknown> | undefined> => {
    const found = await itemAt(await look(), type, tenant, key);
    return found && tenants.includes(tenant) ? { [field]: found } : undefined;
  };
  const next = async (): Promise<IteratorResult<Record<string, unknown>>> => {
    for (;;) {
      const { value, done } = await feed.next();
      if (done) return end();
      const found = await shown(value);
      if (found) return { value: found, done: false };
    }
  };
  if (over()) feed.close();
  return {
    next,
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
