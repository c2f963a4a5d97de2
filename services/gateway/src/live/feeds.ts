import type { Heard } from '#libs/model';
import type { Store } from '#libs/store';
import { openFeed, type ChangeFeed, type ChangeNotice } from './feed.js';
import { lookUntil } from './look-until.js';

export type FeedName = 'cases' | 'actions';

export interface Feeds {
  /** Topics whose facts are to be handed to `heard`. */
  topics: string[];
  heard(headers: Record<string, string>, read: () => Heard | undefined): void;
  /** Listens to one view; `wants` says at each change whether the tenant is of interest. */
  open(name: FeedName, wants: (tenant: string) => boolean): ChangeFeed;
  close(): void;
}

const PATIENCE_MS = 5_000;

const FEED_OF: Record<string, { name: FeedName; id: 'caseId' | 'actionId' }> = {
  case: { name: 'cases', id: 'caseId' },
  action: { name: 'actions', id: 'actionId' },
};

/**
 * Every replica hears all facts, the view may be written by another one: a change is told once the view has it. Several
 * facts of one commit are told once.
 */
export const openFeeds = (store: Pick<Store, 'view'>): Feeds => {
  const listeners = new Map<ChangeFeed, { name: FeedName; wants(tenant: string): boolean }>();
  const newest = new Map<string, number>();
  const concerned = (name: FeedName, tenant: string): ChangeFeed[] =>
    [...listeners].filter(([, one]) => one.name === name && one.wants(tenant)).map(([feed]) => feed);

  const tell = async (name: FeedName, notice: ChangeNotice, streamId: string): Promise<void> => {
    const document = `${name}/${notice.tenant}/${notice.key}`;
    const version = newest.get(document) ?? 0;
    const reached = await lookUntil(
      () => store.view(name).for(notice.tenant).reached(notice.key, streamId, version),
      PATIENCE_MS,
    ).catch(() => undefined);
    if (reached) for (const feed of concerned(name, notice.tenant)) feed.push(notice);
    if (newest.get(document) === version) newest.delete(document);
    else await tell(name, notice, streamId);
  };

  return {
    topics: ['vigie.case.events', 'vigie.action.events'],
    heard: (headers, read) => {
      const feed = FEED_OF[headers['ce_type']?.split('.')[0] ?? ''];
      if (!feed || concerned(feed.name, headers['ce_tenant'] ?? '').length === 0) return;
      const one = read();
      const key = one && Object.entries(one.message).find(([name]) => name === feed.id)?.[1];
      if (typeof key !== 'string' || !one?.envelope.sequence) return;
      const { tenant, subject, sequence } = one.envelope;
      const document = `${feed.name}/${tenant}/${key}`;
      const busy = newest.has(document);
      newest.set(document, Math.max(sequence.version, newest.get(document) ?? 0));
      if (!busy) void tell(feed.name, { tenant, key }, subject);
    },
    open: (name, wants) => {
      const feed = openFeed((one) => listeners.delete(one));
      listeners.set(feed, { name, wants });
      return feed;
    },
    close: () => [...listeners.keys()].forEach((feed) => feed.close()),
  };
};
