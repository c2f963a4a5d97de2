import { item, type Item, type Visit } from '../reading/visit.js';
import type { ChangeNotice } from '../live/feed.js';
import type { FeedName } from '../live/feeds.js';
import { within } from '../domain/scope.js';
import type { NodeType } from '../domain/node-id.js';

/** How often the grants of a listener are read again: a revocation ends its subscription. */
const LOOK_EVERY_MS = 2_000;

const TYPE_OF: Record<FeedName, NodeType> = { cases: 'Case', actions: 'Action' };

/**
 * Changed documents of a view, of the tenants one may see at the moment of the change. Ends when the token ends or
 * nothing wanted may be seen any more.
 */
export const changes = <Doc extends object>(
  visit: Visit,
  field: string,
  name: FeedName,
  wanted?: readonly string[],
): AsyncIterableIterator<Record<string, Item<Doc>>> => {
  let tenants = within(visit.gate.scope, wanted);
  const feed = visit.live.feeds.open(name, (tenant) => tenants.includes(tenant));
  const over = (): boolean => tenants.length === 0 || visit.now() > visit.gate.scope.caller.expiresAt;
  const look = async (): Promise<Visit> => {
    const now = await visit.again();
    tenants = within(now.gate.scope, wanted);
    if (over()) feed.close();
    return now;
  };
  const timer = setInterval(() => void look().catch(() => feed.close()), LOOK_EVERY_MS).unref();
  const end = (): Promise<IteratorResult<never>> => {
    clearInterval(timer);
    feed.close();
    return Promise.resolve({ value: undefined, done: true });
  };
  const shown = async ({ tenant, key }: ChangeNotice): Promise<Record<string, Item<Doc>> | undefined> => {
    const { gate } = await look();
    const doc = await gate.read<Doc>(name, [tenant]).get(key);
    return doc && tenants.includes(tenant) ? { [field]: item<Doc>(TYPE_OF[name])({ tenant, doc }) } : undefined;
  };
  const next = async (): Promise<IteratorResult<Record<string, Item<Doc>>>> => {
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
