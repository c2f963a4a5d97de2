import fc from 'fast-check';
import type { ActionRequest, ActionFact, ActionStarted, IdentityOutcome, ResponseMode, TenantState } from '#contracts';
import { Refused, type Actor } from '#libs/model';
import { actionClassOf } from './classes.js';
import { actionStream } from './decider.js';
import { at, tenant } from '../../../test/samples/action.js';

/** What is at the vendor, with all names; the first is its id. A name may come to mean another. */
const VENDOR = [
  ['m1', 'web01.acme.example', '10.0.0.7'],
  ['m2', 'dc01.acme.example', '10.0.0.8'],
  ['m3', 'web01.other.example', '10.0.0.9'],
] as const;
const NAMES = [
  'web01',
  'WEB01.acme.example.',
  'web01.other.example',
  'dc01',
  'DC01.acme.example',
  'm1',
  'm2',
  'm3',
  '10.0.0.7',
  'me',
  'erp.acme.example',
  'nobody',
];
const ASSETS: TenantState['assets'] = [
  {
    assetId: 'web',
    hostnames: ['web01.acme.example', 'erp.acme.example'],
    criticality: 'HIGH',
    owner: '',
    unit: '',
    exposure: '',
    groups: ['desks'],
  },
  {
    assetId: 'dc',
    hostnames: ['dc01.acme.example'],
    criticality: 'HIGH',
    owner: '',
    unit: '',
    exposure: '',
    groups: ['servers'],
  },
];

type ScriptStep =
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
  'action.deny',
  'action.expire',
  'action.record-result',
  'action.record-result',
  'action.record-verification',
  'action.revert',
  'action.revert',
  'action.record-reverted',
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
interface ActionScript {
  actionClass: string;
  name: string;
  entity: string;
  first: ResponseMode;
  steps: ScriptStep[];
}
const runs: fc.Arbitrary<ActionScript> = fc.record({
  actionClass: fc.constantFrom('isolate-host', 'release-host'),
  name: fc.constantFrom(...NAMES),
  entity: fc.constantFrom(...NAMES),
  first: fc.constantFrom<ResponseMode>('AUTHORIZE', 'AUTHORIZE', 'COLLABORATE', 'COLLABORATE', 'NOTIFY'),
  steps: fc.array(steps, { minLength: 10, maxLength: 30 }),
});

const settingsOf = ({
  mode: now,
  excluded,
  overrides,
  unreachable,
}: Extract<ScriptStep, { kind: 'settings' }>): TenantState => ({
  ...tenant(now, {
    exclusions: excluded.map((name) => ({ entity: `${/^[\d.]+$/.test(name) ? 'ip' : 'host'}:${name}`, reason: 'r' })),
    overrides: overrides.map((one, index) => ({
      id: `o${index}`,
      mode: one,
      actionClasses: [],
      assetGroups: ['desks'],
      severities: [],
      minConfidence: 0,
      hours: 'ANY' as const,
    })),
    ...(unreachable
      ? { escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host', 'release-host'] }
      : {}),
  }),
  assets: ASSETS,
});

/** The request of a step, at a time, to a life with so many askings. */
const requestOf = (
  { type, machine, outcome, late, foreign, good }: Extract<ScriptStep, { kind: 'ask' }>,
  run: ActionScript,
  askings: number,
  now: number,
): ActionRequest => {
  const actionId = 'a1';
  const [vendorId, name, ...others] = VENDOR[machine] ?? VENDOR[0];
  const fields: Partial<Record<ActionRequest['type'], object>> = {
    'action.propose': {
      caseId: 'c1',
      actionClass: run.actionClass,
      target: { kind: 'HOST', id: run.name, entity: `host:${run.entity}` },
      severity: 'HIGH',
      confidence: 90,
      assetGroups: ['desks'],
      reason: 'r',
      detectedAt: at,
    },
    'action.record-identity': {
      asking: late ? askings - 1 : askings,
      outcome,
      vendor: 'defender',
      vendorId,
      name,
      names: [vendorId, name, ...others],
      detail: '',
      at: now,
    },
    'action.record-result': {
      outcome: good ? 'SUCCEEDED' : 'OUTCOME_UNKNOWN',
      detail: '',
      vendorRef: good && !foreign ? 'v' : '',
      alreadyInForce: foreign,
    },
    'action.record-verification': { effective: good, evidence: '' },
    'action.record-reverted': { reverted: good, detail: '' },
    'action.revert': { reason: 'r' },
  };
  return { type, actionId, comment: '', ...fields[type] } as ActionRequest;
};

const sideOf = ({ type, side, good }: Extract<ScriptStep, { kind: 'ask' }>): Actor['side'] => {
  if (side !== 'RIGHT') return side;
  if (type === 'action.revert') return good ? 'PROVIDER' : 'SYSTEM';
  return ['action.approve', 'action.deny', 'action.mark-done'].includes(type) ? 'CUSTOMER' : 'SYSTEM';
};

/** The settings it started under, and the commit it came with. */
interface Start {
  started: ActionStarted;
  settings: TenantState;
  commit: ActionFact[];
  foreign: boolean;
}

/** @returns every commit and every start of a random life. */
const live = (run: ActionScript): { commits: ActionFact[][]; starts: Start[] } => {
  let state = actionStream.initial();
  let settings = settingsOf({ kind: 'settings', mode: run.first, excluded: [], overrides: [], unreachable: false });
  let now = at;
  const starts: Start[] = [];
  const commits: ActionFact[][] = [];
  const ask = (step: Extract<ScriptStep, { kind: 'ask' }>): void => {
    let commit: ActionFact[] = [];
    try {
      commit = actionStream.decide(requestOf(step, run, state.askings, now), state, {
        tenant: 'acme',
        actor: { subject: 's', side: sideOf(step) },
        roles: ['SERVICE'],
        requestId: 'r',
        now,
        settings,
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    for (const started of commit)
      if (started.type === 'action.started') starts.push({ started, settings, commit, foreign: state.foreign });
    state = commit.reduce(actionStream.evolve, state);
    commits.push(commit);
  };
  ask({
    kind: 'ask',
    type: 'action.propose',
    machine: 0,
    outcome: 'FOUND',
    late: false,
    foreign: false,
    good: true,
    side: 'RIGHT',
  });
  for (const step of run.steps) {
    if (step.kind === 'ask') ask(step);
    else if (step.kind === 'settings') settings = settingsOf(step);
    else now += step.minutes * 60_000;
  }
  return { commits, starts };
};

const ofEveryStart = (check: (start: Start) => void): void => {
  let seen = 0;
  fc.assert(
    fc.property(runs, (run) =>
      live(run).starts.forEach((start) => {
        seen += 1;
        check(start);
      }),
    ),
    { numRuns: 3_000 },
  );
  expect(seen).toBeGreaterThan(300);
};

/** What an undoing carries out is the inverse; it is free only where that gives back. */
const asksPolicy = ({ inverting, actionClass }: { inverting: boolean; actionClass: string }): boolean =>
  !inverting || actionClassOf(actionClass)?.takesAway !== true;

describe('over random requests, answers, names and settings', () => {
  it('no undoing takes away', () =>
    ofEveryStart(({ started }) =>
      expect(started.inverting && actionClassOf(started.actionClass)?.takesAway !== true).toBe(false),
    ));
  it('no undoing gives back what somebody else took', () =>
    ofEveryStart(({ started, foreign }) => expect(started.inverting && foreign).toBe(false)));
  it('nothing starts under NOTIFY, unless it gives back what was taken', () =>
    ofEveryStart(({ started, settings: { policy } }) => {
      if (asksPolicy(started) && policy.mode === 'NOTIFY')
        expect(policy.overrides.some((one) => one.mode !== 'NOTIFY') && started.vendorId === 'm1').toBe(true);
    }));
  it('nothing starts on whom an exclusion names by any of its names, unless it gives back what was taken', () =>
    ofEveryStart(({ started, settings: { policy } }) => {
      const names: readonly string[] = VENDOR.find(([id]) => id === started.vendorId) ?? [];
      if (asksPolicy(started))
        expect(policy.exclusions.filter(({ entity }) => names.includes(entity.slice(entity.indexOf(':') + 1)))).toEqual(
          [],
        );
    }));
  it('what is decided to be carried out starts in that commit', () => {
    let seen = 0;
    fc.assert(
      fc.property(runs, (run) =>
        live(run).commits.forEach((commit) => {
          const decidedTo = commit.some((fact) => fact.type === 'action.decided' && fact.decision === 'EXECUTE');
          const begun = commit.some((fact) => fact.type === 'action.started' && !fact.inverting);
          expect(begun).toBe(decidedTo);
          seen += decidedTo ? 1 : 0;
        }),
      ),
      { numRuns: 3_000 },
    );
    expect(seen).toBeGreaterThan(300);
  });
  it('nothing starts but on whom the vendor identified in the same commit', () =>
    ofEveryStart(({ started, commit }) => {
      if (!started.inverting)
        expect(
          commit.some(
            (fact) =>
              fact.type === 'action.identified' && fact.vendorId === started.vendorId && fact.vendor === started.vendor,
          ),
        ).toBe(true);
    }));
});
