import type { PlayedStory } from '../played-story.js';
import { refusedAtGraphql } from './graphql.js';
import { refusedAtKafka } from './kafka.js';
import { refusedRequests } from './requests.js';

/** Who may not is refused: by Kafka, by the services, by the gateway. */
export const refusals = (story: () => PlayedStory): void => {
  describe('at Kafka', () => refusedAtKafka(story));
  describe('at the services', () => refusedRequests(story));
  describe('at GraphQL', () => refusedAtGraphql(story));
};
