import type { ActionFact, ResponseMode, TenantState } from '#contracts';
import { scenario } from '#libs/testing';
import { actionStream } from '../../src/domain/action/decider.js';
import { at, system, tenant } from './action.js';

/** `given(facts).when(request, under('AUTHORIZE')).then(facts)`: of one action, asked by the service itself. */
export const { given } = scenario(actionStream, { actor: system, now: at });

/** What a decision knows of a tenant under that mode. */
export const under = (
  mode: ResponseMode,
  policy: Partial<TenantState['policy']> = {},
  more: Partial<TenantState> = {},
) => ({ settings: { ...tenant(mode, policy), ...more } });

export const typesOf = (facts: ActionFact[]): string[] => facts.map(({ type }) => type);
