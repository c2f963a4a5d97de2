/** A document of a view changed, and the view has it. */
export interface ChangeNotice {
  tenant: string;
  key: string;
}

/** Changes one listener has not taken yet: each document once. Ends when closed. */
export interface ChangeFeed extends AsyncIterableIterator<ChangeNotice> {
  push(notice: ChangeNotice): void;
  close(): void;
}

/** Documents that wait for a slow listener; further ones are not told. */
const PENDING = 1_000;

/** @param closed called once the feed is closed, whoever closes it. */
export const openFeed = (closed: (feed: ChangeFeed) => void): ChangeFeed => {
  const pending = new Map<string, ChangeNotice>();
  let wake: ((result: IteratorResult<ChangeNotice>) => void) | undefined;
  let over = false;
  const feed: ChangeFeed = {
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
      closed(feed);
    },
    return: () => {
      feed.close();
      return Promise.resolve({ value: undefined, done: true });
    },
    [Symbol.asyncIterator]: () => feed,
  };
  return feed;
};
