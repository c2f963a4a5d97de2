import type { HuntAsked, HuntQuery, HuntRecordPage, TenantState } from '#contracts';
import type { Asked, Effect } from '#libs/model';
import { pagesOf } from '../domain/hunt/pages.js';
import type { LakeAnswer } from '../lake/ask.js';
import { answered } from '../lake/question.js';

/** What the answering stands on. */
export interface AnswerPorts {
  ask(tenant: string, query: HuntQuery): Promise<LakeAnswer>;
  /** Milliseconds that only count up. */
  elapsed(): number;
  log: { warn(fields: object, message: string): void };
}

const cutBecause = ({ more }: LakeAnswer, left: number, limit: number): string | null => {
  const reasons = [
    ...(more ? [`more than ${limit} rows match`] : []),
    ...(left > 0 ? [`${left} rows are too large together`] : []),
  ];
  return reasons.length === 0 ? null : reasons.join('; ');
};

/**
 * Puts a hunt's question to the tenant's part of the lake and records the answer page by page. Asking twice harms
 * nothing.
 */
export const answerHunt = (ports: AnswerPorts): Effect<HuntAsked, HuntRecordPage, TenantState> => ({
  name: 'answer-hunt',
  hears: ['hunt.asked'],
  atOnce: 2,
  atOnceInAll: 8,
  perform: async ({ envelope, message: { huntId, query } }) => {
    const from = ports.elapsed();
    const since = (): number => Math.round(ports.elapsed() - from);
    try {
      const answer = await ports.ask(envelope.tenant, query);
      const { pages, left } = pagesOf(answer.rows);
      return pages.map(
        (rows, index): Asked<HuntRecordPage> => ({
          seed: String(index + 1),
          request: {
            type: 'hunt.record-page',
            huntId,
            page: index + 1,
            columns: answered,
            rows,
            last: index === pages.length - 1,
            scanned: answer.scanned,
            elapsedMs: since(),
            failure: null,
            cut: cutBecause(answer, left, query.limit),
          },
        }),
      );
    } catch (error) {
      ports.log.warn({ err: error, huntId }, 'a hunt could not be answered');
      return [
        {
          seed: '1',
          request: {
            type: 'hunt.record-page',
            huntId,
            page: 1,
            columns: [],
            rows: [],
            last: true,
            scanned: 0,
            elapsedMs: since(),
            failure: 'The lake could not answer; narrow the question or ask again.',
            cut: null,
          },
        },
      ];
    }
  },
});
