import { Counter, Gauge } from 'prom-client';
import type { RulesetRuleResumed } from '#contracts';
import type { OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import type { BudgetNews } from '#libs/sigma';
import { disabledFinding } from '../domain/finding/disabled-rule-finding.js';
import type { Budgets } from './budgets.js';

type RestingRulesContext = Pick<ServiceContext, 'out' | 'clock' | 'log' | 'metrics'>;

/** What is said of a rule. */
export type Naming = (tenant: string, ruleId: string) => { title: string; version: string };

/** A set may hold thousands of rules that rest together: so many are told one by one. */
const RULES_TOLD = 20;

/**
 * Tells of rules that were put aside for a tenant since it looked last, and of those that are back: logged, counted,
 * raised for that tenant.
 */
export const watchHealth = (
  { out, log, metrics: { registry } }: RestingRulesContext,
  { news }: Pick<Budgets, 'news'>,
  naming: Naming,
): (() => Promise<void>) => {
  const disabled = new Counter({
    name: 'vigie_rules_disabled_total',
    help: 'Rules put aside for a tenant because they took too long',
    registers: [registry],
  });
  const resting = new Gauge({
    name: 'vigie_rules_resting',
    help: 'Rules that rest for a tenant now',
    registers: [registry],
  });
  let untold: ReturnType<Budgets['news']> = [];

  const raised = (tenant: string, { ruleIds, reason, pattern, atMs: at }: BudgetNews): OutRecord[] =>
    ruleIds.slice(0, RULES_TOLD).map((ruleId) => {
      const finding = disabledFinding(tenant, { ruleId, reason, pattern, at, ...naming(tenant, ruleId) });
      return out.record(tenant, finding, {
        id: idOf('finding.raised', finding.findingId),
        subject: finding.findingId,
        correlationId: finding.findingId,
      });
    });
  const resumed = (tenant: string, { ruleIds, atMs: at }: BudgetNews): OutRecord[] =>
    ruleIds.slice(0, RULES_TOLD).map((ruleId) => {
      const fact: RulesetRuleResumed = { type: 'ruleset.rule-resumed', ruleId, at };
      return out.record(tenant, fact, { id: idOf('ruleset.rule-resumed', tenant, ruleId, at), subject: ruleId });
    });
  return async () => {
    untold = [...untold, ...news()];
    if (untold.length === 0) return;
    await out.send(
      untold.flatMap(({ tenant, news: one }) => (one.state === 'aside' ? raised(tenant, one) : resumed(tenant, one))),
    );
    for (const {
      tenant,
      news: { state, ruleIds, reason },
    } of untold) {
      log.warn(
        { tenant, rules: ruleIds.length, first: ruleIds[0], reason },
        state === 'aside' ? 'rules were switched off for a tenant' : 'rules are back in service for a tenant',
      );
      if (state === 'aside') disabled.inc(ruleIds.length);
      resting.inc(state === 'aside' ? ruleIds.length : -ruleIds.length);
    }
    untold = [];
  };
};
