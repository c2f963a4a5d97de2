import { Registry } from 'prom-client';
import type { Typed } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import type { BudgetNews } from '#libs/sigma';
import { watchHealth } from './resting-rules.js';

const opened = () => {
  const sent: { tenant: string; message: Typed }[] = [];
  const registry = new Registry();
  let news: { tenant: string; news: BudgetNews }[] = [];
  let isAway = false;
  const look = watchHealth(
    {
      out: {
        record: (tenant: string, message: Typed) => ({ tenant, message }),
        send: async (records: never[]) => {
          if (isAway) throw new Error('the broker is away');
          sent.push(...records);
        },
      },
      clock: { now: () => 5 },
      log: { warn: () => undefined },
      metrics: { registry },
    } as unknown as Pick<ServiceContext, 'out' | 'clock' | 'log' | 'metrics'>,
    {
      news: () => {
        const found = news;
        news = [];
        return found;
      },
    },
    (_, ruleId) => ({ title: `Odd ${ruleId}`, version: 'v1' }),
  );
  const say = (state: BudgetNews['state'], ...ruleIds: string[]) =>
    news.push({ tenant: 'acme', news: { state, ruleIds, pattern: 'p', reason: 'slow', atMs: 7 } });
  return {
    sent,
    registry,
    look,
    say,
    away: (is: boolean) => {
      isAway = is;
    },
  };
};

describe('a rule that rests for a tenant', () => {
  it('is raised for that tenant and counted, once', async () => {
    const { sent, registry, look, say } = opened();
    await look();
    say('aside', 'r1');
    await look();
    await look();
    expect(sent).toMatchObject([
      {
        tenant: 'acme',
        message: {
          groupKey: 'r1',
          rule: { title: 'A rule was switched off: Odd r1' },
          ruleVersion: 'v1',
          detectedAt: 7,
        },
      },
    ]);
    say('aside', 'r2', 'r3');
    await look();
    expect(sent).toMatchObject([{}, { message: { groupKey: 'r2' } }, { message: { groupKey: 'r3' } }]);
    expect(await registry.metrics()).toContain('vigie_rules_disabled_total 3');
  });
  it('is told when it is back', async () => {
    const { sent, registry, look, say } = opened();
    say('aside', 'r1');
    say('back', 'r1');
    await look();
    expect(sent.map(({ message }) => message)).toMatchObject([
      { type: 'finding.raised' },
      { type: 'ruleset.rule-resumed', ruleId: 'r1', at: 7 },
    ]);
    expect(await registry.metrics()).toContain('vigie_rules_resting 0');
  });
  it('is told later when the broker is away', async () => {
    const { sent, look, say, away } = opened();
    say('aside', 'r1');
    away(true);
    await expect(look()).rejects.toThrow('away');
    away(false);
    await look();
    expect(sent).toHaveLength(1);
  });
  it("is told with some others, when all of a tenant's rest", async () => {
    const { sent, look, say } = opened();
    say('aside', ...Array.from({ length: 1_000 }, (_, index) => `r${index}`));
    await look();
    expect(sent).toHaveLength(20);
  });
});
