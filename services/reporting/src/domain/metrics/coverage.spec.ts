import type { PostureFact } from '#contracts';
import { HOUR_MS, WEEK_MS } from '#libs/terms';
import { figures } from '../../../test/figures.js';
import { aReceipt, minute, nothing, someSettings, theWeek } from '../../../test/samples.js';
import { assetsSending, sourceStates } from './coverage.js';

describe('coverage', () => {
  const hosts = [
    {
      source: 'endpoint',
      day: '2026-11-16',
      hosts: [
        { host: 'ws-01.acme.example', first: minute(0), last: minute(5) },
        { host: 'unknown', first: minute(0), last: minute(0) },
      ],
    },
  ];
  const lastSlot = {
    slot: Math.floor((theWeek.to - HOUR_MS) / 900_000),
    messages: 1,
    accepted: 20,
    dead: 0,
    bytes: 1,
  };
  const receipts = [aReceipt({ slots: [...aReceipt().slots, lastSlot] })];
  it('is the share of sources that are not silent', () => expect(figures({ receipts })['coverage-sources']).toBe(0.5));
  it('says which source is silent, and since when', () => {
    const before = { from: theWeek.from - WEEK_MS, to: theWeek.from };
    expect(sourceStates({ ...nothing, receipts }, someSettings.sources, theWeek, before)).toMatchObject([
      { name: 'endpoint', events: 1_020, eventsBefore: null, isSilent: false, lastReceivedAt: theWeek.to - HOUR_MS },
      { name: 'network', events: null, isSilent: true, lastReceivedAt: null },
    ]);
  });
  it('takes a source for silent while the watch does, however long ago it was heard', () => {
    const by = { subject: 'cases', side: 'SYSTEM' as const };
    const opened: PostureFact = {
      ...{ type: 'posture.opened', postureId: 'p1', check: 'SOURCE_SILENT', subject: 'endpoint', title: '' },
      ...{ severity: 'HIGH', recommendation: '', owner: '', dueAt: null, by, at: minute(90) },
    };
    const observed = (isPresent: boolean, at: number): PostureFact => ({
      ...{ type: 'posture.observed', postureId: 'p1', gapId: 'g1', isPresent, since: at, figures: [], at },
    });
    const silentWith = (...facts: PostureFact[]): boolean | undefined => {
      const postures = facts.length
        ? [{ applied: [1, 0] as [number, number], postureId: 'p1', openedAt: minute(90), facts }]
        : [];
      const journals = { ...nothing, receipts: [aReceipt()], postures };
      return sourceStates(journals, someSettings.sources, theWeek, theWeek)[0]?.isSilent;
    };
    const begun = [opened, observed(true, minute(90))];
    expect(silentWith()).toBe(false);
    expect(silentWith(...begun)).toBe(true);
    expect(silentWith(...begun, observed(false, theWeek.to - 1))).toBe(false);
    expect(silentWith(...begun, observed(false, theWeek.to))).toBe(true);
  });
  it('knows an asset by any of its names', () => expect(figures({ hosts })['coverage-assets']).toBe(0.5));
  it('knows an asset by its full name where it is registered by the short one, and the other way round', () => {
    const sending = (...names: string[]): string[] | null => {
      const seen = names.map((host) => ({ host, first: minute(0), last: minute(5) }));
      const journals = { ...nothing, hosts: [{ source: 'endpoint', day: '2026-11-16', hosts: seen }] };
      return assetsSending(journals, someSettings, theWeek);
    };
    expect(sending('dc-01.acme.example')).toEqual(['dc-01']);
    expect(sending('ws-01')).toEqual(['ws-01']);
    expect(sending('ws-01.other.example', 'dc-02')).toEqual([]);
  });
  it('counts a technique that a tested rule watches on a source that is alive', () => {
    const rule = (techniques: string[], kind: 'WINDOWS' | 'SURICATA' | 'OKTA', tested: boolean) => ({
      ruleId: techniques.join(),
      techniques,
      kind,
      tested,
    });
    const rules = [
      {
        importId: 'i',
        at: 1,
        rules: [
          rule(['T1'], 'WINDOWS', true),
          rule(['T2'], 'WINDOWS', false),
          rule(['T3'], 'SURICATA', true),
          rule(['T4'], 'OKTA', true),
          rule(['T1'], 'WINDOWS', false),
        ],
      },
    ];
    expect(figures({ receipts, rules })['coverage-techniques']).toBe(0.3333);
  });
});
