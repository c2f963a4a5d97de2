import { Registry } from 'prom-client';
import type { FindingRaised } from '#contracts';
import type { Typed } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import type { LoadedRules } from './compiled.js';
import { watchHealth } from './health.js';

const opened = () => {
  const sent: { tenant: string; message: FindingRaised }[] = [];
  const registry = new Registry();
  const off: { ruleId: string; reason: string; pattern: string; atMs: number }[] = [];
  const set = { known: new Map([['r1', { title: 'Odd' }]]), versions: [{ ruleId: 'r1', version: 'v1' }], set: { disabled: () => off } } as unknown as LoadedRules;
  let isAway = false;
  const look = watchHealth({
    out: {
      record: (tenant: string, message: Typed) => ({ tenant, message }),
      send: async (records: never[]) => {
        if (isAway) throw new Error('the broker is away');
        sent.push(...records);
      },
    },
    clock: { now: () => 5 }, log: { warn: () => undefined }, metrics: { registry },
  } as unknown as Pick<ServiceContext, 'out' | 'clock' | 'log' | 'metrics'>);
  return { sent, registry, look: () => look([{ scope: 'acme', set }]), put: (ruleId: string) => off.push({ ruleId, reason: 'slow', pattern: 'p', atMs: 0 }), away: (is: boolean) => { isAway = is; } };
};

describe('a rule that is put aside', () => {
  it('is raised for its tenant and counted, once', async () => {
    const { sent, registry, look, put } = opened();
    await look();
    put('r1');
    await look();
    await look();
    expect(sent).toMatchObject([{ tenant: 'acme', message: { groupKey: 'r1', rule: { title: 'A rule was switched off: Odd' }, ruleVersion: 'v1' } }]);
    put('r2');
    await look();
    expect(sent.map(({ message: { groupKey } }) => groupKey)).toEqual(['r1', 'r2']);
    expect(await registry.metrics()).toContain('vigie_rules_disabled_total 2');
  });
  it('is raised later when the broker is away', async () => {
    const { sent, look, put, away } = opened();
    put('r1');
    away(true);
    await expect(look()).rejects.toThrow('away');
    away(false);
    await look();
    expect(sent).toHaveLength(1);
  });
});
