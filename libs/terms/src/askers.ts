import type { Role } from '#contracts';

/** Who may ask one type of request. Whoever is not named may not. */
export interface Askers {
  /** Of the provider's people: those with one of these roles for the request's tenant. */
  provider?: readonly Role[];
  /** Of the customer's people: those with one of these roles. */
  customer?: readonly Role[];
  /**
   * Of the provider's people, where the request concerns no single tenant: those with one of these roles for all
   * tenants.
   */
  operator?: readonly Role[];
  /**
   * Together with `operator`: also those who hold the role for the tenants that the request names. Its decider looks at
   * each of them.
   */
  namesTenants?: true;
  /** Services, for themselves. Which of them: see `asks` of their pages. */
  services?: true;
}

const ADMIN: readonly Role[] = ['OPERATOR_ADMIN'];
const LEADS: readonly Role[] = ['LEAD', 'OPERATOR_ADMIN'];
const WORK: readonly Role[] = ['ANALYST', 'LEAD'];
const HUNT: readonly Role[] = ['ANALYST', 'LEAD', 'HUNTER'];
const REPORT: readonly Role[] = ['ANALYST', 'LEAD', 'OPERATOR_ADMIN'];
const RULES: readonly Role[] = ['ANALYST', 'LEAD', 'OPERATOR_ADMIN'];
const TRIES: readonly Role[] = ['ANALYST', 'LEAD', 'HUNTER', 'OPERATOR_ADMIN'];
/** What may be done is for the customer's administrators to say. */
const AGREES: readonly Role[] = ['CUSTOMER_ADMIN'];
const ACTS: readonly Role[] = ['CUSTOMER_APPROVER', 'CUSTOMER_ADMIN'];
/** What was done by hand is known to whoever did it: the customer's own partner, too. */
const DOES: readonly Role[] = [...ACTS, 'PARTNER_MSP'];

/**
 * Every type of request and who may ask it: the gateway offers and every decider takes what stands here. To add a type,
 * add its line; one that services ask also stands on the page of each service that does (then `npm run vigie --
 * topology`).
 */
export const ASKERS: Readonly<Record<string, Askers>> = {
  'action.approve': { customer: ACTS },
  'action.deny': { customer: ACTS },
  'action.execute': { services: true },
  'action.expire': { services: true },
  'action.mark-done': { customer: DOES },
  'action.propose': { provider: WORK, services: true },
  'action.record-allowance': { services: true },
  'action.record-contact': { services: true },
  'action.record-identity': { services: true },
  'action.record-result': { services: true },
  'action.record-reverted': { services: true },
  'action.record-verification': { services: true },
  'action.revert': { provider: WORK, services: true },
  'action.supersede': { services: true },
  'action.withdraw': { provider: WORK, services: true },
  'allowance.take': { services: true },
  'backtest.ask': { provider: TRIES },
  'backtest.cancel': { provider: TRIES },
  'backtest.record-page': { services: true },
  'backtest.record-progress': { services: true },
  'backtest.supply': { services: true },
  'case.acknowledge': { provider: WORK },
  'case.add-findings': { services: true },
  'case.add-note': { provider: HUNT },
  'case.add-recommendation': { provider: WORK },
  'case.assign': { provider: WORK },
  'case.change-phase': { provider: WORK },
  'case.change-severity': { provider: WORK },
  'case.change-status': { provider: WORK },
  'case.close': { provider: WORK },
  'case.complete-recommendation': { customer: DOES },
  'case.mark-merged': { services: true },
  'case.notify-customer': { provider: WORK, services: true },
  'case.open': { services: true },
  'case.post-message': { provider: WORK, customer: ACTS },
  'case.rate': { customer: ACTS },
  'case.record-action': { services: true },
  'case.record-advice': { services: true },
  'case.record-untold': { services: true },
  'case.remove-findings': { services: true },
  'case.reopen': { provider: WORK },
  'case.set-verdict': { provider: WORK },
  'case.take-over': { services: true },
  'case.withdraw-question': { provider: WORK },
  'clustering.merge-cases': { provider: WORK },
  'clustering.open-case': { provider: WORK, customer: ACTS },
  'clustering.place-finding': { services: true },
  'clustering.recall-case': { services: true },
  'clustering.release-case': { services: true },
  'clustering.split-case': { provider: WORK },
  'delivery.acknowledge': { customer: ACTS },
  'delivery.answer-call': { provider: WORK },
  'delivery.record-attempt': { services: true },
  'delivery.send': { services: true },
  'delivery.stop': { services: true },
  'delivery.try': { services: true },
  'grant.give': { operator: ADMIN, namesTenants: true },
  'grant.revoke': { operator: ADMIN, namesTenants: true },
  'hunt.ask': { provider: HUNT },
  'hunt.record-page': { services: true },
  'indicator.import': { operator: ADMIN },
  'posture.accept-risk': { customer: ACTS },
  'posture.change': { provider: WORK },
  'posture.observe': { services: true },
  'posture.open': { provider: WORK },
  'posture.reopen': { provider: WORK, customer: ACTS },
  'posture.resolve': { provider: WORK },
  'pull.advance': { services: true },
  'pull.begin': { services: true },
  'pull.configure': { provider: ADMIN },
  'pull.record-failure': { services: true },
  'pull.record-recovery': { services: true },
  'pull.remove': { provider: ADMIN, services: true },
  'recommendation.accept-risk': { customer: ACTS },
  'recommendation.change': { provider: WORK },
  'recommendation.complete': { customer: DOES },
  'recommendation.give': { provider: WORK, services: true },
  'recommendation.remind': { services: true },
  'recommendation.reopen': { provider: WORK, customer: ACTS },
  'recommendation.withdraw': { provider: WORK },
  'report.make': { provider: REPORT, services: true },
  'report.plan': { services: true },
  'report.record': { services: true },
  'ruleset.add-exception': { provider: RULES },
  'ruleset.end-exception': { provider: RULES, services: true },
  'ruleset.import': { provider: RULES, operator: ADMIN },
  'ruleset.park-import': { services: true },
  'ruleset.set-placeholder': { provider: RULES },
  'target.record-effect': { services: true },
  'tenant.confirm-policy': { provider: LEADS, customer: AGREES },
  'tenant.offboard': { provider: ADMIN },
  'tenant.onboard': { provider: ADMIN },
  'tenant.register-assets': { provider: LEADS },
  'tenant.register-source': { provider: ADMIN },
  'tenant.reject-policy': { provider: LEADS, customer: AGREES },
  'tenant.remove-source': { provider: ADMIN },
  'tenant.set-calendar': { provider: LEADS },
  'tenant.set-connector': { provider: ADMIN },
  'tenant.set-contacts': { provider: LEADS },
  'tenant.set-policy': { provider: LEADS, customer: AGREES },
  'tenant.set-sla': { provider: LEADS },
  'visibility.record-gap': { services: true },
  'visibility.record-return': { services: true },
};
