import { hearing } from '#libs/testing';
import { takeAllowance, tellAllowance } from './allowance.js';

const of = { actionId: 'a1', asking: 2, host: 'defender/m1', at: 1 };
const count = { hosts: 3, limit: 10, hours: 1 };

it('a host is counted before it is acted on', () =>
  hearing(takeAllowance)
    .of({ type: 'action.allowance-requested', caseId: 'c1', ...of })
    .asks({ type: 'allowance.take', actionId: 'a1', asking: 2, host: 'defender/m1' }));

it.each([
  ['allowance.granted', true],
  ['allowance.withheld', false],
] as const)('the action is told what became of it: %s', (type, granted) =>
  hearing(tellAllowance)
    .of({ type, ...of, ...count })
    .asks({ type: 'action.record-allowance', actionId: 'a1', asking: 2, granted, ...count }),
);
