import type { OutRecord } from '#libs/events';
import type { PlayedStory } from '../played-story.js';

/** Onto our own topics, as the platform's super user may. */
export const send = async ({ installed: { broker } }: PlayedStory, records: OutRecord[]): Promise<void> => {
  const publisher = broker.publisher();
  await publisher.send(records).finally(() => publisher.close());
};
