import type { AnyRequest } from '#contracts';
import { OPENED_CASE } from '../asking/shown-in.js';
import type { CustomerCaseArgs } from '../generated/customer.js';
import { oneOf, type Item } from '../graphql/items.js';
import { about, type MutationMaker } from '../graphql/mutation.js';
import { changes } from '../graphql/subscription.js';
import { caseByNumber, caseFields, casesOf } from '../shared/cases.js';
import { ordered } from '../views/case-timeline.js';
import type { CaseDoc } from '../views/cases.js';
import type { CustomerSubject } from './subject.js';
import { ownTenant } from './tenants.js';
import { waitingOnYou } from './waiting-on-you.js';

/** What is asked of a case that is named by `caseId`. */
const aboutCase =
  <Args extends { caseId: string }>(ask: (caseId: string, args: Args) => AnyRequest): MutationMaker<Args> =>
  (args, visit, requestId) =>
    about<Args & { id: string }>('Case', ask)({ ...args, id: args.caseId }, visit, requestId);

/** Cases as the customer sees them, and its part in them. */
export const casework = {
  queries: {
    cases: (_parent, args, visit) => casesOf(visit, args),
    case: (_parent, { id }, visit) => oneOf(visit, 'Case', id),
    caseByNumber: (_parent, { number }, visit) => caseByNumber(visit, number),
    waitingOnYou: (_parent, paging, visit) => waitingOnYou(visit, paging),
  },
  mutations: {
    openCase: ({ title, description, severity, entities }, visit) => ({
      tenant: ownTenant(visit),
      request: { type: 'clustering.open-case', title, description, severity, entities },
      shownIn: OPENED_CASE,
    }),
    postMessage: aboutCase((caseId, { text, kind, inReplyTo }) => ({
      type: 'case.post-message',
      caseId,
      kind,
      text,
      inReplyTo: inReplyTo ?? null,
      blocking: false,
    })),
    rateCase: aboutCase((caseId, { stars, comment }) => ({ type: 'case.rate', caseId, stars, comment })),
  },
  subscriptions: {
    caseChanged: { subscribe: (_parent, _args, visit) => changes(visit, 'caseChanged', 'Case') },
  },
  types: {
    Case: {
      ...caseFields,
      timeline: ({ timeline }: Item<CaseDoc>, asked: CustomerCaseArgs['timeline']) =>
        ordered(
          timeline.filter(({ internal }) => !internal),
          asked,
        ),
    },
  },
} satisfies CustomerSubject;
