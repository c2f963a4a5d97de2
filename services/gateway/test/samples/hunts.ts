import type { HuntAsked, HuntFinished, HuntPage } from '#contracts';
import { THEN, idsOf, markOf, provider } from './ids.js';

export const huntFacts = (tenant: string) => {
  const { hunt: huntId } = idsOf(tenant);
  const [hypothesis, technique] = [markOf(tenant), 'T1003'];
  const query = { from: THEN, to: THEN + 1, source: '', filters: [], limit: 10 };
  return [
    { type: 'hunt.asked', huntId, hypothesis, technique, query, by: provider, at: THEN } satisfies HuntAsked,
    {
      type: 'hunt.page',
      huntId,
      page: 1,
      columns: ['a'],
      rows: [Buffer.from(`["${markOf(tenant)}"]`)],
      last: true,
      at: THEN,
    } satisfies HuntPage,
    {
      type: 'hunt.finished',
      huntId,
      hypothesis,
      technique,
      rows: 1,
      scanned: 5,
      elapsedMs: 3,
      at: THEN,
    } satisfies HuntFinished,
  ];
};
