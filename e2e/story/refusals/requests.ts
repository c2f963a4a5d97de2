import { randomUUID } from 'node:crypto';
import { catalogue } from '#contracts';
import { deadLetterTopic, readDeadLetter, toRecord } from '#libs/events';
import { until } from '#libs/testing';
import { definitions, readAll } from '../../../cli/src/index.js';
import type { PlayedStory } from '../played-story.js';
import { requests } from '../sample-requests.js';

const ownerOf = (topic: string): string =>
  definitions.find(({ decides = [] }) => decides.some(({ subject }) => topic === `vigie.${subject}.requests`))?.name ??
  '';

/** A request that nobody signed is decided by no service. */
export const refusedRequests = (story: () => PlayedStory): void => {
  const topics = [...new Set(catalogue.filter(({ kind }) => kind === 'requests').map(({ topic }) => topic))].sort();

  it('every request topic is in the table', () =>
    expect(
      Object.keys(requests)
        .map((subject) => `vigie.${subject}.requests`)
        .sort(),
    ).toEqual(topics));

  it.each(Object.entries(requests))(
    'an unsigned %s request becomes a dead letter of the service that decides',
    async (subject, request) => {
      const {
        installed: { broker },
      } = story();
      const id = randomUUID();
      const publisher = broker.publisher();
      const envelope = { id, type: request.type, source: 'stranger', subject, time: Date.now(), tenant: 'northwind' };
      await publisher.send([toRecord(envelope, request, { expiresAt: Date.now() + 60_000 })]);
      await publisher.close();
      const letter = await until(`the dead letter of ${request.type}`, async () =>
        (await readAll(broker, [deadLetterTopic(ownerOf(`vigie.${subject}.requests`))]))
          .map(readDeadLetter)
          .find(({ original }) => original.headers['ce_id'] === id),
      );
      expect([letter.code, letter.tenant]).toEqual(['UNSIGNED', 'northwind']);
    },
  );
};
