import type { ActionState, OnHoldReason } from '#contracts';
import { holdOf, pausedClocks, type CaseWaits } from './case-hold.js';

const action = (state: ActionState, actionClass = 'isolate-host') => ({ actionClass, state });
const asks = { id: 'q', blocks: true };

it.each<[string, Partial<CaseWaits>, OnHoldReason, string[]]>([
  ['nobody', {}, 'NONE', []],
  ['an approval', { actions: [action('AWAITING_APPROVAL')] }, 'AWAITING_APPROVAL', ['CONTAIN']],
  [
    'an approval that nobody was told of',
    { actions: [{ ...action('AWAITING_APPROVAL'), isTold: false }] },
    'AWAITING_APPROVAL',
    [],
  ],
  ['what is only proposed', { actions: [action('PROPOSED')] }, 'NONE', []],
  ['a yes to lift what contains', { actions: [action('AWAITING_APPROVAL', 'release-host')] }, 'AWAITING_APPROVAL', []],
  ['an answer', { questions: [asks] }, 'AWAITING_CUSTOMER', ['RESOLVE']],
  ['an answer that blocks nothing', { questions: [{ ...asks, blocks: false }] }, 'NONE', []],
  ['a third party', { said: 'AWAITING_THIRD_PARTY' }, 'NONE', ['RESOLVE']],
  ['the customer, as somebody says', { said: 'AWAITING_CUSTOMER' }, 'NONE', []],
  [
    'an approval and an answer',
    { actions: [action('AWAITING_APPROVAL')], questions: [asks] },
    'AWAITING_APPROVAL',
    ['CONTAIN', 'RESOLVE'],
  ],
])('a case that waits for %s', (_what, waits, hold, paused) => {
  const all: CaseWaits = { actions: [], questions: [], said: 'NONE', ...waits };
  expect([holdOf(all), pausedClocks(all)]).toEqual([hold, paused]);
});
