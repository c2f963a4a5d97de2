import { threadCpuMs, type Clock } from '#libs/service';
import { Budget, type BudgetNews, type Meter } from '#libs/sigma';

/** What rules may cost each tenant: what one tenant's events make dear rests for it alone. */
export interface Budgets {
  /** The account of a batch. */
  batch(tenant: string): Meter;
  /** What was put aside and what is back since this was asked last. */
  news(): { tenant: string; news: BudgetNews }[];
}

/** Beyond so many tenants, those of whom nothing rests are forgotten, the one seen longest ago first. */
const TENANTS_AT_MOST = 10_000;

export const openBudgets = (clock: Clock, wall = (): number => performance.now(), cpu = threadCpuMs): Budgets => {
  const budgets = new Map<string, Budget>();
  const forget = (): void => {
    for (const [tenant, budget] of budgets) {
      if (budgets.size <= TENANTS_AT_MOST) break;
      if (budget.isIdle) budgets.delete(tenant);
    }
  };
  return {
    batch: (tenant) => {
      const budget = budgets.get(tenant) ?? new Budget({ wall, cpu, now: () => clock.now() });
      budgets.delete(tenant);
      budgets.set(tenant, budget);
      if (budgets.size > TENANTS_AT_MOST) forget();
      return budget.batch();
    },
    news: () =>
      [...budgets].flatMap(([tenant, budget]) =>
        budget.isIdle ? [] : budget.news().map((news) => ({ tenant, news })),
      ),
  };
};
