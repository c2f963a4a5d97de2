import type { ConnectorAction, IdentifiedTarget, VendorEndpoint } from '../../src/connectors/connector.js';
import { ACTION_CLASSES } from '#libs/policy';
import { reconcileAction, runAction, verifyAction } from '../../src/session/run.js';
import type { ConformanceCase } from './case.js';
import { identifyBehaviour } from './identity.js';
import { conformsToOrigins } from './origins.js';
import { outcomesBehaviour } from './outcomes.js';
import { refusedBehaviour } from './refused.js';
import {
  identifiedBy,
  openRig,
  unpublished,
  type ConformanceSubject,
  type ConnectorRig,
  type ConnectorRigOptions,
} from './rig.js';
import { turningBehaviour } from './turning.js';
import { unansweredBehaviour } from './unanswered.js';
import { verifiedUndoneBehaviour } from './verified-undone.js';
import { verifiedBehaviour } from './verified.js';

/**
 * What every connector must do, against its stand-in: registers jest tests for each action the target's kind allows.
 * Time is virtual, so waiting costs nothing; only `hang` and `slow` take real milliseconds.
 */
export const conformance = (subject: ConformanceSubject): void => {
  const { connector, target } = subject;
  const { rig, targetIn, exchanges } = keepRigs(subject);
  const tried = connector.actions
    .filter(({ targetKind, defaultTtlMinutes }) => targetKind === target.kind && defaultTtlMinutes > 0)
    .map((action) => [action.actionClass, action] as const);

  describe(`${connector.title}: what it says of itself`, () => {
    saysOfItself(subject);
    it('tries at least one action below', () => expect(tried).not.toHaveLength(0));
  });
  describe.each(tried)(`${connector.title}: %s`, (_, action) => {
    const one = caseOf(action, rig, targetIn);
    outcomesBehaviour(one);
    unansweredBehaviour(one);
    refusedBehaviour(one);
    verifiedBehaviour(one);
    verifiedUndoneBehaviour(one);
    turningBehaviour(one);
  });
  conformsToOrigins(subject);
  describe.each(tried)(`${connector.title}: who the target of %s is`, (_, action) =>
    identifyBehaviour(rig, action, subject),
  );
  describe(`${connector.title}: the stand-in`, () =>
    it('answered every published call, and with published properties only', () => {
      const good = exchanges.filter(({ status }) => status < 300);
      const seen = new Set<VendorEndpoint>(good.map(({ endpoint }) => endpoint));
      expect(good.flatMap(({ endpoint, body }) => unpublished(endpoint, body))).toEqual([]);
      const unseen = connector.endpoints.filter((one) => one.published.length > 0 && !seen.has(one));
      expect(unseen.map(({ path }) => path)).toEqual([]);
    }));
};

/** Opens rigs, with whom the vendor knows there; ends them after each test, and keeps what went over their wires. */
const keepRigs = (subject: ConformanceSubject) => {
  const { target } = subject;
  const opened: ConnectorRig[] = [];
  const known = new Map<ConnectorRig, IdentifiedTarget>();
  const exchanges: ConnectorRig['exchanges'] = [];
  afterEach(async () => {
    exchanges.push(...opened.flatMap((one) => one.exchanges));
    await Promise.all(opened.splice(0).map((one) => one.stop()));
  });
  return {
    exchanges,
    rig: async (options?: ConnectorRigOptions): Promise<ConnectorRig> => {
      const one = await openRig(subject, options);
      opened.push(one);
      known.set(one, await identifiedBy(one, target));
      return one;
    },
    targetIn: (one: ConnectorRig): IdentifiedTarget =>
      known.get(one) ?? { kind: target.kind, vendorId: 'nobody', name: target.id },
  };
};

const caseOf = (
  action: ConnectorAction,
  rig: ConformanceCase['rig'],
  targetIn: ConformanceCase['targetIn'],
): ConformanceCase => {
  const { actionClass } = action;
  const key = { idempotencyKey: 'action-1' };
  return {
    action,
    rig,
    targetIn,
    run: (given, options = {}) => runAction(given.session, actionClass, targetIn(given), { ...key, ...options }),
    verify: (given, { of: one = actionClass, since = given.clock.now() } = {}) =>
      verifyAction(given.session, one, targetIn(given), since),
    reconcile: (given) => reconcileAction(given.session, actionClass, targetIn(given), key),
  };
};

const saysOfItself = ({ connector: { actions }, target }: ConformanceSubject): void =>
  it.each(actions.map((action) => [action.actionClass, action] as const))(
    '%s follows its class, has an inverse here and a plan',
    (actionClass, action) => {
      const itsClass = Object.values(ACTION_CLASSES).find((one) => one.actionClass === actionClass);
      expect(action).toMatchObject(itsClass ?? {});
      expect(actions.find((one) => one.actionClass === action.inverse)?.inverse).toBe(actionClass);
      expect(action.plan(target).join(' ')).toContain(target.id);
      expect(action.lagMs).toBeGreaterThan(0);
      // A state is the vendor's word: what takes away is looked for elsewhere, too.
      expect([action.takesAway, action.provedBy]).not.toEqual([true, 'STATE']);
    },
  );
