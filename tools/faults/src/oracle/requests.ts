import type { RequestAnswered } from '#contracts';
import { envelopeOf, fromRecord, topicsOf } from '#libs/events';
import { eachOf } from '../../../../cli/src/index.js';
import type { DisturbedPlace } from '../place/place.js';
import { checked, type OracleCheck } from './check.js';
import { coordinatesOf } from './coordinates.js';

/** Every request has one answer, and none of them is a fault. An answer that came again is the same. */
export const requestCheck = async ({ broker }: DisturbedPlace): Promise<OracleCheck> => {
  const asked = new Map<string, string>();
  const answers = new Map<string, Set<string>>();
  const outcomes = new Map<string, number>();
  const failures: string[] = [];
  await eachOf(broker, topicsOf({ kind: 'requests' }), (record) => {
    const { id, type, tenant } = envelopeOf(record.headers);
    asked.set(`${tenant}/${id}`, `${type} ${tenant}/${id} (${coordinatesOf(record)})`);
  });
  await eachOf(broker, ['vigie.request.events'], (record) => {
    const { envelope, message } = fromRecord<RequestAnswered>(record);
    const { requestId, outcome, code, streamId, version } = message;
    const key = `${envelope.tenant}/${requestId}`;
    const known = answers.get(key) ?? new Set<string>();
    if (known.size === 0) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    answers.set(key, known.add(`${outcome} ${code} ${streamId}@${version}`));
    if (outcome === 'FAULT') failures.push(`fault: ${asked.get(key) ?? key}: ${code}`);
  });
  for (const [key, told] of asked) {
    const found = answers.get(key);
    if (!found) failures.push(`stuck: nobody answered ${told}`);
    else if (found.size > 1) failures.push(`doubled: ${told} was answered ${[...found].join(' and ')}`);
  }
  const said = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
  return checked('requests', asked.size, failures, said);
};
