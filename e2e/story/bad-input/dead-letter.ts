import { deadLetterTopic, readDeadLetter, type DeadLetter, type OutRecord } from '#libs/events';
import { until } from '#libs/testing';
import { readAll } from '../../../cli/src/index.js';
import type { PlayedStory } from '../played-story.js';

/** The dead letter of a service that is wanted, once it is there. */
export const letterOf = (
  { installed: { broker } }: PlayedStory,
  service: string,
  what: string,
  wanted: (letter: DeadLetter) => boolean,
): Promise<DeadLetter> =>
  until(`a dead letter of ${service}: ${what}`, async () =>
    (await readAll(broker, [deadLetterTopic(service)])).map(readDeadLetter).find(wanted),
  );

/** Whether a letter is about a record. */
export const isAbout =
  (record: OutRecord) =>
  ({ original }: DeadLetter): boolean =>
    original.headers['ce_id'] === record.headers['ce_id'];
