import type { PlayedStory } from '../played-story.js';
import { badFacts } from './facts.js';
import { badQueries } from './queries.js';
import { badRequests } from './requests.js';
import { badTelemetry } from './telemetry.js';

/** What is wrong is named and set aside, and what comes next is processed. */
export const badInput = (story: () => PlayedStory): void => {
  describe('from partners', () => badTelemetry(story));
  describe('on our own topics and at GraphQL', () => {
    badRequests(story);
    badFacts(story);
    badQueries(story);
  });
};
