import type { ActionFact, CaseFact } from '#contracts';
import type { Heard } from '#libs/model';
import { viewsInMemory } from '#libs/store';
import { heard } from '#libs/testing';
import { openedOf, THEN } from '../../test/samples/index.js';
import { nodeId } from '../domain/node-id.js';
import { scopeOf } from '../domain/scope.js';
import { openGate } from '../reading/gate.js';
import { waiting } from '../views/waiting.js';
import { waitingOnYou } from './waiting-on-you.js';

const ada = { subject: 'ada', side: 'PROVIDER' } as const;
const carol = { subject: 'carol', side: 'CUSTOMER', tenant: 'acme', expiresAt: Infinity } as const;

const told = (caseId: string, ...facts: CaseFact[]): Heard<CaseFact>[] =>
  facts.map((fact, index) =>
    heard(fact, { subject: `case/acme/${caseId}`, sequence: { version: index + 1, index: 0, count: 1 } }),
  );
/** A case whose customer was asked so many things, from `at` on. */
const asking = (number: number, questions: number): Heard<CaseFact>[] => {
  const caseId = `c${number}`;
  const at = THEN + number * 1_000;
  const asked = Array.from(
    { length: questions },
    (_, index): CaseFact => ({
      type: 'case.message-posted',
      caseId,
      messageId: `${caseId}-${index}`,
      kind: 'QUESTION',
      text: 'Was it you?',
      inReplyTo: null,
      by: ada,
      at: at + index,
      blocking: false,
    }),
  );
  return told(caseId, { ...openedOf('acme', caseId, number), at }, ...asked);
};

const visitOver = (facts: Heard[]): Parameters<typeof waitingOnYou>[0] => ({
  gate: openGate(viewsInMemory([waiting], facts), scopeOf(carol, { CUSTOMER_APPROVER: ['acme'] }, [])),
  caseNumber: (_tenant, number) => `ACME-${number}`,
});
const everyPage = async (visit: Parameters<typeof waitingOnYou>[0], first: number): Promise<string[]> => {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const { edges, pageInfo }: Awaited<ReturnType<typeof waitingOnYou>> = await waitingOnYou(visit, { first, after });
    ids.push(...edges.map(({ node }) => node.id));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  return ids;
};

it('finds what waits of the oldest of many cases, and all of it, page by page', async () => {
  const numbers = Array.from({ length: 1_200 }, (_, index) => index);
  const visit = visitOver(numbers.flatMap((number) => asking(number, number === 0 ? 7 : number % 400 === 0 ? 1 : 0)));
  const all = ['c0-0', 'c0-1', 'c0-2', 'c0-3', 'c0-4', 'c0-5', 'c0-6', 'c400-0', 'c800-0'];
  for (const first of [1, 2, 3, 200]) expect(await everyPage(visit, first)).toEqual(all);
  const page = await waitingOnYou(visit, { first: 2, after: null });
  expect(await page.totalCount()).toBe(9);
  expect(page.edges[0]?.node).toEqual({
    kind: 'QUESTION',
    caseId: nodeId('Case', 'acme', 'c0'),
    caseNumber: 'ACME-0',
    id: 'c0-0',
    text: 'Was it you?',
    since: THEN,
    expiresAt: null,
    pauses: null,
    dueAt: null,
    priority: null,
  });
});

it('passes nothing over when something before the cursor is answered between two pages', async () => {
  const before = [...asking(1, 3), ...asking(2, 2)];
  const { pageInfo } = await waitingOnYou(visitOver(before), { first: 2, after: null });
  const answer: CaseFact = {
    type: 'case.message-posted',
    caseId: 'c1',
    messageId: 'a',
    kind: 'ANSWER',
    text: 'Yes',
    inReplyTo: 'c1-0',
    by: carol,
    at: THEN + 9_000,
    blocking: false,
  };
  const later = visitOver([
    ...before,
    heard(answer, { subject: 'case/acme/c1', sequence: { version: 5, index: 0, count: 1 } }),
  ]);
  const { edges } = await waitingOnYou(later, { first: 200, after: pageInfo.endCursor });
  expect(edges.map(({ node }) => node.id)).toEqual(expect.arrayContaining(['c1-2', 'c2-0', 'c2-1']));
});

describe('of a case that was merged', () => {
  const ids = ['c1', 'c2', 'c3'] as const;
  const opened = ids.map((caseId, index) => told(caseId, openedOf('acme', caseId, index + 1))[0]!);
  const after = (caseId: string, fact: CaseFact): Heard<CaseFact> =>
    heard(fact, { subject: `case/acme/${caseId}`, sequence: { version: 5, index: 0, count: 1 } });
  const merged = (caseId: string, intoCaseId: string): Heard<CaseFact> =>
    after(caseId, {
      ...{ type: 'case.merged', caseId, intoCaseId, reason: '', at: THEN + 9 },
      ...{ workers: [], gravest: 'HIGH', wasContained: false },
    });
  const guided: ActionFact = { type: 'action.guided', actionId: 'a', caseId: 'c1', steps: ['Pull it'], at: THEN + 5 };
  const ended = (caseId: string): Heard<CaseFact> =>
    after(caseId, {
      ...{ type: 'case.status-changed', caseId, from: 'NEW', to: 'RESOLVED', onHoldReason: 'NONE', clocks: [] },
      ...{ by: ada, at: THEN + 20, byItself: false },
    });
  const shown = async (...facts: Heard[]) => {
    const { edges, totalCount } = await waitingOnYou(visitOver([...opened, heard(guided), ...facts]), paging);
    expect(await totalCount()).toBe(edges.length);
    return edges.map(({ node: { kind, caseId, caseNumber } }) => ({ kind, caseId, caseNumber }));
  };
  const paging = { first: 9, after: null };
  const item = (number: number) => ({
    kind: 'GUIDANCE',
    caseId: nodeId('Case', 'acme', `c${number}`),
    caseNumber: `ACME-${number}`,
  });

  it('guidance waits as of the one that its work goes on in, however often that was merged', async () => {
    expect(await shown()).toEqual([item(1)]);
    expect(await shown(merged('c1', 'c2'))).toEqual([item(2)]);
    expect(await shown(merged('c1', 'c2'), merged('c2', 'c3'))).toEqual([item(3)]);
  });
  it('guidance waits until that one is done', async () => {
    expect(await shown(merged('c1', 'c2'), ended('c2'))).toEqual([]);
    expect(await shown(merged('c1', 'c2'), ended('c3'))).toEqual([item(2)]);
  });
  it('advice has the number of that one', async () => {
    const advice = {
      ...{ type: 'case.recommendation-added', caseId: 'c1', recommendationId: 'r', text: 'Patch' },
      ...{ by: ada, at: THEN + 3 },
    } as const;
    expect(await shown(heard(advice), merged('c1', 'c2'))).toEqual([{ ...item(2), kind: 'RECOMMENDATION' }, item(2)]);
  });
});

it.each([
  ['a page of nothing', { first: 0 }, 'BAD_LIMIT'],
  ['too large a page', { first: 201 }, 'BAD_LIMIT'],
  ['what is no cursor', { first: 1, after: 'x' }, 'BAD_CURSOR'],
])('%s is refused', (_what, paging, code) =>
  expect(waitingOnYou(visitOver([]), paging)).rejects.toMatchObject({ code }),
);
