import { about } from '../graphql/mutation.js';
import { changes } from '../graphql/subscription.js';
import { actionFields, actionsOf } from '../shared/actions.js';
import type { CustomerSubject } from './subject.js';

/** Response actions, and the customer's word on them. */
export const response = {
  queries: { actions: (_parent, args, visit) => actionsOf(visit, args) },
  mutations: {
    approveAction: about('Action', (actionId, { comment, asking }) => ({
      type: 'action.approve',
      actionId,
      comment,
      asking,
    })),
    denyAction: about('Action', (actionId, { comment, asking }) => ({
      type: 'action.deny',
      actionId,
      comment,
      asking,
    })),
    markActionDone: about('Action', (actionId, { comment }) => ({ type: 'action.mark-done', actionId, comment })),
  },
  subscriptions: {
    actionChanged: { subscribe: (_parent, _args, visit) => changes(visit, 'actionChanged', 'Action') },
  },
  types: { Action: actionFields },
} satisfies CustomerSubject;
