import { deadLetterTopic, listTopics, readDeadLetter } from '#libs/events';
import { SERVICES } from '#libs/terms';
import { eachOf } from '../../../../cli/src/index.js';
import type { DisturbedPlace } from '../place/place.js';
import { checked, type OracleCheck } from './check.js';
import { coordinatesOf } from './coordinates.js';
import type { Sent } from './sent.js';

/**
 * Dead letters: each bad line has one, by its coordinates; two letters of one id are one, told again after a
 * redelivery. Nothing else has one.
 */
export const letterCheck = async ({ broker }: DisturbedPlace, sent: Sent): Promise<OracleCheck> => {
  const letters = new Map<string, Set<string>>();
  const failures: string[] = [];
  let again = 0;
  const known = new Set(await listTopics(broker));
  await eachOf(
    broker,
    SERVICES.map(deadLetterTopic).filter((topic) => known.has(topic)),
    (record) => {
      const { id, service, code, sentence, count, original } = readDeadLetter(record);
      const event = original.headers['eventid'] ?? '';
      const line = sent.lines.get(event);
      if (!line || line.isGood || count !== 1) {
        failures.push(
          `dead: ${service} gave up ${coordinatesOf(original)}: ${code} ${sentence} (${coordinatesOf(record)}, ${count})`,
        );
        return;
      }
      const ids = letters.get(event) ?? new Set();
      if (ids.has(id)) again += 1;
      letters.set(event, ids.add(id));
    },
  );
  const bad = [...sent.lines].filter(([, { isGood }]) => !isGood);
  for (const [id, { at }] of bad) {
    const ids = letters.get(id)?.size ?? 0;
    if (ids === 0) failures.push(`lost: ${at} cannot be read and has no dead letter`);
    if (ids > 1) failures.push(`doubled: ${at} has ${ids} dead letters of different ids`);
  }
  return checked('dead letters', bad.length, failures, `${again} letters came again under their ids`);
};
