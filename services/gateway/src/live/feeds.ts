import type { Heard } from '#libs/model';
import type { Store } from '#libs/store';
import { found } from './waiting.js';

/** A document of a view changed, and the view has it. */
export interface Notice {
  tenant: string;
  key: string;
}
export type FeedName = 'cases' | 'actions';

/** Changes one listener has not taken yet: each document once. Ends when closed. */
export interface Feed extends AsyncIterableIterator<Notice> {
  close(): void;
}

export interface Feeds {
  /** Topics whose facts are to be handed to `heard`. */
  topics: string[];
  heard(headers: Record<string, string>, read: () => Heard | undefined): void;
  /** Listens to one view; `wants` says at each change whether the tenant is of interest. */
  open(name: FeedName, wants: (tenant: string) => boolean): Feed;
  close(): void;
}

const PENDING = 1_000;
const PATIENCE_MS = 5_000;

interface Listener extends Feed {
  name: FeedName;
  wants(tenant: string): boolean;
  push(notice: Notice): void;
}

const openListener = (
  name: FeedName,
  wants: (tenant: string) => boolean,
  ended: (listener: Listener) => void,
): Listener => {
  const pending = new Map<string, Notice>();
  let wake: ((result: IteratorResult<Notice>) => void) | undefined;
  let over = false;
  const listener: Listener = {
    name,
    wants,
    push: (notice) => {
      if (wake) {
        wake({ value: notice, done: false });
        wake = undefined;
      } else if (pending.size < PENDING) pending.set(`${notice.tenant}/${notice.key}`, notice);
    },
    next: () => {
      const [first] = pending;
      if (over) return Promise.resolve({ value: undefined, done: true });
      if (!first)
        return new Promise((resolve) => {
          wake = resolve;
        });
      pending.delete(first[0]);
      return Promise.resolve({ value: first[1], done: false });
    },
    close: () => {
      over = true;
      wake?.({ value: undefined, done: true });
      wake = undefined;
      ended(listener);
    },
    return: () => {
      listener.close();
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]: () => listener,
  };
  return listener;
};

const FEED_OF: Record<string, { name: FeedName; id: 'caseId' | 'actionId' }> = {
  case: { name: 'cases', id: 'caseId' },
  action: { name: 'actions', id: 'actionId' },
};

/**
 * Every replica hears all facts, the view may be written by another one: a change is told once the view has it. Several
 * facts of one commit are told once.
 */
export const openFeeds = (store: Pick<Store, 'view'>): Feeds => {
  const listeners = new Set<Listener>();
  const newest = new Map<string, number>();
  const concerned = (name: FeedName, tenant: string): Listener[] =>
    [...listeners].filter((one) => one.name === name && one.wants(tenant));

  const tell = async (name: FeedName, notice: Notice, streamId: string): Promise<void> => {
    const document = `${name}/${notice.tenant}/${notice.key}`;
    const version = newest.get(document) ?? 0;
    const reached = await found(
      () => store.view(name).for(notice.tenant).reached(notice.key, streamId, version),
      PATIENCE_MS,
    ).catch(() => undefined);
    if (reached) for (const listener of concerned(name, notice.tenant)) listener.push(notice);
    if (newest.get(document) === version) newest.delete(document);
    else await tell(name, notice, streamId);
  };

  return {
    topics: ['vigie.case.events', 'vigie.action.events'],
    heard: (headers, read) => {
      const feed = FEED_OF[headers['ce_type']?.split('.')[0] ?? ''];
      if (!feed || concerned(feed.name, headers['ce_tenant'] ?? '').length === 0) return;
      const one = read();
      const key = one && (one.message as unknown as Record<string, unknown>)[feed.id];
      if (typeof key !== 'string' || !one?.envelope.sequence) return;
      const {
        tenant,
        subject,
        sequence: { version },
      } = one.envelope;
      const document = `${feed.name}/${tenant}/${key}`;
      const busy = newest.has(document);
      newest.set(document, Math.max(version, newest.get(document) ?? 0));
      if (!busy) void tell(feed.name, { tenant, key }, subject);
    },
    open: (name, wants) => {
      const listener = openListener(name, wants, (one) => listeners.delete(one));
      listeners.add(listener);
      return listener;
    },
    close: () => listeners.forEach((listener) => listener.close()),
  };
};
