import fc from 'fast-check';
import type { ActionRequest, IdentityOutcome, ResponseMode } from '#contracts';
import type { Actor } from '#libs/model';
import { NAMES, VENDOR } from './vendor.js';

export type ScriptStep =
  | {
      kind: 'ask';
      type: ActionRequest['type'];
      machine: number;
      outcome: IdentityOutcome;
      late: boolean;
      foreign: boolean;
      good: boolean;
      side: Actor['side'] | 'RIGHT';
    }
  | { kind: 'settings'; mode: ResponseMode; excluded: string[]; overrides: ResponseMode[]; unreachable: boolean }
  | { kind: 'time'; minutes: number };

const TYPES: ActionRequest['type'][] = [
  'action.propose',
  ...Array.from({ length: 6 }, () => 'action.record-identity' as const),
  'action.approve',
  'action.approve',
  'action.execute',
  'action.execute',
  'action.execute',
  'action.record-contact',
  'action.deny',
  'action.expire',
  'action.withdraw',
  'action.record-result',
  'action.record-result',
  'action.record-verification',
  'action.revert',
  'action.revert',
  'action.record-reverted',
  'action.supersede',
  'action.mark-done',
];
const seldom = fc.constantFrom(false, false, false, true);
const mode = fc.constantFrom<ResponseMode>('AUTHORIZE', 'COLLABORATE', 'NOTIFY');
const trueNames = VENDOR.flatMap((names) => [...names]);
const steps: fc.Arbitrary<ScriptStep> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      type: fc.constantFrom(...TYPES),
      machine: fc.nat(VENDOR.length - 1),
      late: seldom,
      foreign: seldom,
      good: fc.boolean(),
      outcome: fc.constantFrom<IdentityOutcome>(
        'FOUND',
        'FOUND',
        'FOUND',
        'FOUND',
        'FOUND',
        'FOUND',
        'UNAVAILABLE',
        'NOT_FOUND',
      ),
      side: fc.constantFrom<Actor['side'] | 'RIGHT'>(
        'RIGHT',
        'RIGHT',
        'RIGHT',
        'RIGHT',
        'RIGHT',
        'SYSTEM',
        'PROVIDER',
        'CUSTOMER',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('settings' as const),
      mode,
      excluded: fc.uniqueArray(fc.constantFrom(...trueNames), { maxLength: 2 }),
      overrides: fc.array(mode, { maxLength: 1 }),
      unreachable: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('time' as const), minutes: fc.constantFrom(1, 20, 90) }) },
);
export interface ActionScript {
  actionClass: string;
  name: string;
  entity: string;
  first: ResponseMode;
  steps: ScriptStep[];
}
export const scripts: fc.Arbitrary<ActionScript> = fc.record({
  actionClass: fc.constantFrom('isolate-host', 'release-host'),
  name: fc.constantFrom(...NAMES),
  entity: fc.constantFrom(...NAMES),
  first: fc.constantFrom<ResponseMode>('AUTHORIZE', 'AUTHORIZE', 'COLLABORATE', 'COLLABORATE', 'NOTIFY'),
  steps: fc.array(steps, { minLength: 10, maxLength: 30 }),
});
