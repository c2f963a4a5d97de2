import type { HuntAsk, HuntAsked, HuntQuery, HuntRecordPage, HuntFact, HuntRequest, TenantState } from '#contracts';
import { Refused, type Decider, type DecisionContext } from '#libs/model';
import { DAY_MS } from '#libs/terms';

/** A hunt: what was asked, and how much of the answer has come. */
export interface Hunt {
  asked?: HuntAsked;
  pages: number;
  rows: number;
  finished: boolean;
}

export const MOST_ROWS = 10_000;
const MOST_FILTERS = 20;
const LONGEST_VALUE = 1_024;
const MOST_DAYS = 400;

type HuntDecision<Request extends HuntRequest> = (
  request: Request,
  hunt: Hunt,
  context: DecisionContext<TenantState>,
) => HuntFact[];

const checkedQuery = (query: HuntQuery, columns: ReadonlySet<string>): HuntQuery => {
  const { from, to, filters, limit } = query;
  if (from >= to) throw new Refused('The question ends before it begins', 'BAD_PERIOD');
  if (to - from > MOST_DAYS * DAY_MS) throw new Refused(`A question covers at most ${MOST_DAYS} days`, 'BAD_PERIOD');
  if (limit < 1 || limit > MOST_ROWS) throw new Refused(`Ask for 1 to ${MOST_ROWS} rows`, 'BAD_LIMIT');
  if (filters.length > MOST_FILTERS) throw new Refused(`At most ${MOST_FILTERS} conditions`, 'TOO_MANY_CONDITIONS');
  for (const { field, value } of filters) {
    if (!columns.has(field))
      throw new Refused(
        `There is no column ${field.slice(0, 64)}; there are ${[...columns].sort().join(', ')}`,
        'NO_SUCH_COLUMN',
      );
    if (value === '' || value.length > LONGEST_VALUE)
      throw new Refused(`The value for ${field} must have 1 to ${LONGEST_VALUE} characters`, 'BAD_VALUE');
  }
  return query;
};

const askHunt =
  (columns: ReadonlySet<string>): HuntDecision<HuntAsk> =>
  ({ huntId, hypothesis, technique, query }, hunt, { actor, now }) => {
    if (actor.side === 'CUSTOMER') throw new Refused('Hunts are asked by the provider', 'NOT_PERMITTED');
    if (hunt.asked) throw new Refused('This hunt was asked before; ask a new one', 'ASKED_BEFORE');
    const checked = checkedQuery(query, columns);
    return [{ type: 'hunt.asked', huntId, hypothesis, technique, query: checked, by: actor, at: now }];
  };

const recordPage: HuntDecision<HuntRecordPage> = (request, hunt, { actor, now }) => {
  if (actor.side !== 'SYSTEM') throw new Refused('Only the lake answers hunts', 'NOT_PERMITTED');
  const { huntId, page, columns, rows, last, scanned, elapsedMs, failure, cut } = request;
  if (!hunt.asked) throw new Refused('There is no such hunt', 'NO_SUCH_HUNT');
  if (hunt.finished || page <= hunt.pages) return [];
  if (page !== hunt.pages + 1) throw new Refused(`Page ${hunt.pages + 1} is missing`, 'PAGE_MISSING');
  const facts: HuntFact[] = [{ type: 'hunt.page', huntId, page, columns, rows, last, at: now }];
  if (!last) return facts;
  const { hypothesis, technique } = hunt.asked;
  return [
    ...facts,
    {
      type: 'hunt.finished',
      huntId,
      hypothesis,
      technique,
      rows: hunt.rows + rows.length,
      scanned,
      elapsedMs,
      failure: failure ?? null,
      cut: cut ?? null,
      at: now,
    },
  ];
};

/**
 * Hunts: a question to the lake, its answer in pages, and its end. Only hunting itself records pages.
 * @param columns columns of the lake that may be asked about.
 */
export const huntStream = (columns: ReadonlySet<string>): Decider<Hunt, HuntRequest, HuntFact, TenantState> => {
  const decisions: { [Type in HuntRequest['type']]: HuntDecision<Extract<HuntRequest, { type: Type }>> } = {
    'hunt.ask': askHunt(columns),
    'hunt.record-page': recordPage,
  };
  return {
    subject: 'hunt',
    version: 1,
    key: ({ huntId }) => huntId,
    initial: () => ({ pages: 0, rows: 0, finished: false }),
    evolve: (hunt, fact) => {
      if (fact.type === 'hunt.asked') return { ...hunt, asked: fact };
      if (fact.type === 'hunt.page') return { ...hunt, pages: fact.page, rows: hunt.rows + fact.rows.length };
      return { ...hunt, finished: true };
    },
    decide: (request, hunt, context) => (decisions[request.type] as HuntDecision<HuntRequest>)(request, hunt, context),
  };
};
