import type { RequestAnswered } from '#contracts';
import { fromRecord, topicsOf, type ParsedRecord } from '#libs/events';
import { idOf } from '#libs/model';
import type { World } from '#libs/testing';

/** A request as it came, with its bytes. */
export type AskedRecord = ParsedRecord & { value: Buffer };

/** Stands in for the services that decide: remembers every request and answers it as the test says. */
export interface StandInDeciders {
  asked: AskedRecord[];
  answerWith(answer: (request: ParsedRecord) => Partial<RequestAnswered> | undefined): void;
  stop(): Promise<void>;
}

export const startDeciders = async (world: World): Promise<StandInDeciders> => {
  const asked: AskedRecord[] = [];
  let answerOf: Parameters<StandInDeciders['answerWith']>[0] = () => ({});
  const consumption = world.broker.consume({
    topics: topicsOf({ kind: 'requests' }),
    fromBeginning: false,
    handle: async ({ records }) => {
      for (const request of records.map((record) => ({ ...fromRecord(record), value: record.value }))) {
        const { id, tenant, type } = request.envelope;
        asked.push(request);
        const answer = answerOf(request);
        if (!answer) continue;
        const fact: RequestAnswered = {
          type: 'request.answered',
          requestId: id,
          requestType: type,
          outcome: 'DONE',
          code: '',
          message: '',
          streamId: '',
          version: 0,
          ...answer,
        };
        await world.say(tenant, fact, { id: idOf('answer', id), subject: id, correlationId: id });
      }
    },
  });
  await consumption.ready();
  return {
    asked,
    answerWith: (answer) => {
      answerOf = answer;
    },
    stop: () => consumption.stop(),
  };
};
