import type { ConnectorAction, IdentifiedTarget } from '../../src/connectors/connector.js';
import type { reconcileAction, runAction, verifyAction, RunOptions } from '../../src/session/run.js';
import type { ConnectorRig, ConnectorRigOptions } from './rig.js';

/** One action of a connector, and what the suite does with it. */
export interface ConformanceCase {
  action: ConnectorAction;
  /** With the target known to the vendor, unless it is told otherwise. */
  rig(options?: ConnectorRigOptions): Promise<ConnectorRig>;
  targetIn(rig: ConnectorRig): IdentifiedTarget;
  run(rig: ConnectorRig, options?: Partial<RunOptions>): ReturnType<typeof runAction>;
  /** Looks for the effect of that class (its own), said to be done at `since` (now). */
  verify(rig: ConnectorRig, look?: { of?: string; since?: number }): ReturnType<typeof verifyAction>;
  reconcile(rig: ConnectorRig): ReturnType<typeof reconcileAction>;
}

/** What was done shows to whoever looks so much later at a vendor without lag. */
export const LOOK_AFTER_MS = 10_000;

/** Each effect happened once. */
export const once = (effects: string[]): void => {
  expect(effects.length).toBeGreaterThan(0);
  expect(new Set(effects).size).toBe(effects.length);
};

/** A credential of the right form that the vendor does not know: it must not be shown. */
export const hushed = ({ targetKind }: Pick<ConnectorAction, 'targetKind'>): string =>
  '{"clientId":"vigie-standin","clientSecret":"HUSH-HUSH"}'.replace(/"/g, targetKind === 'USER' ? '_' : '"');
