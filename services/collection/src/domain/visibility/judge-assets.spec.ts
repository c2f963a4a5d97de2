import type { Asset } from '#contracts';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { at, MONDAY, opened, receiptOfRange } from '../../../test/visibility-samples.js';
import { hostsAfter, type HostWatch } from './host-watch.js';
import { judgeAssets, type WatchedAssets } from './judge-assets.js';

const asset = (assetId: string, criticality: Asset['criticality'] = 'MEDIUM'): Asset => ({
  assetId,
  hostnames: [`${assetId}.acme.example`],
  criticality,
  owner: '',
  unit: '',
  exposure: '',
  groups: [],
});
const host = (name: string) => ({ host: `${name}.acme.example`, firstOccurredAt: 0, lastOccurredAt: 0 });

/** Devices seen at these times. */
const seen = (...heard: [at: number, ...names: string[]][]): HostWatch =>
  heard.reduce<HostWatch | undefined>(
    (doc, [time, ...names], offset) =>
      hostsAfter(doc, receiptOfRange(offset, offset, { hosts: names.map(host) }), time),
    undefined,
  )!;
const judged = (now: number, hosts: HostWatch, over: Partial<WatchedAssets> = {}) =>
  judgeAssets({
    tenant: 'acme',
    assets: [asset('dc01', 'CRITICAL'), asset('ws1')],
    sources: [{ name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 60, receipts: false }],
    hosts: [hosts],
    delivering: new Set(['edr']),
    watching: { since: MONDAY - DAY_MS, now },
    open: [],
    ...over,
  });
const missed = ({ gaps }: ReturnType<typeof judged>) => gaps.map(({ assetId }) => assetId);

/** Both every hour for a week, then only one of them. */
const week = Array.from({ length: 7 * 24 }, (_, hour): [number, string, string] => [at(0, hour), 'dc01', 'ws1']);
const lastAt = at(6, 23);

describe('a known asset that stops sending', () => {
  const stopped = seen(...week, [at(8, 0), 'ws1']);

  it('is missed after a day, with its name and its numbers', () => {
    expect(missed(judged(lastAt + DAY_MS, stopped))).toEqual([]);
    const { gaps } = judged(lastAt + DAY_MS + HOUR_MS, stopped);
    expect(gaps).toMatchObject([
      {
        kind: 'ASSET_SILENT',
        severity: 'HIGH',
        assetId: 'dc01',
        host: 'dc01.acme.example',
        source: 'edr',
        since: lastAt,
      },
    ]);
  });

  it('is not missed while its source delivers nothing else', () =>
    expect(missed(judged(at(8, 1), stopped, { delivering: new Set() }))).toEqual([]));

  it('is not missed for a time in which nobody watched', () =>
    expect(missed(judged(at(8, 1), stopped, { watching: { since: at(7, 12), now: at(8, 1) } }))).toEqual([]));

  it('is not missed while it may be among those that a receipt had no room for', () => {
    const many = Array.from({ length: 500 }, (_, index) => `a${index}`);
    expect(missed(judged(at(8, 1), seen(...week, [at(7, 12), ...many])))).toEqual([]);
  });

  it('is not missed within a pause that it takes now and then', () => {
    const weekends = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].flatMap((day): [number, string][] => [
      [at(day, 9), 'dc01'],
      [at(day, 17), 'dc01'],
    ]);
    expect(missed(judged(at(13, 17), seen(...weekends)))).toEqual([]);
    expect(missed(judged(at(14, 10), seen(...weekends)))).toEqual(['dc01']);
  });

  it('is not missed before anybody knows it', () =>
    expect(missed(judged(at(5, 0), seen([at(0, 9), 'dc01'], [at(2, 9), 'dc01'])))).toEqual([]));

  it('is back when it is seen, and not expected when it is no asset any more', () => {
    const now = at(8, 1);
    const open = judged(now, stopped).gaps.map(opened);
    expect(judged(now, stopped, { open })).toEqual({ gaps: [], returns: [] });
    const back = seen(...week, [at(8, 2), 'dc01']);
    expect(judged(at(8, 3), back, { open }).returns).toMatchObject([
      { gapId: open[0]?.gapId, ending: 'DATA_RETURNED', observedAt: at(8, 2) },
    ]);
    expect(judged(now, stopped, { open, assets: [asset('ws1')] }).returns).toMatchObject([{ ending: 'NOT_EXPECTED' }]);
  });
});

it('tells of fifty at once, the critical first', () => {
  const names = Array.from({ length: 80 }, (_, index) => `h${index}`);
  const days = Array.from({ length: 5 }, (_, day): [number, ...string[]] => [at(day, 9), ...names]);
  const assets = names.map((name) => asset(name, name === 'h79' ? 'CRITICAL' : 'LOW'));
  const told = missed(judged(at(9, 0), seen(...days), { assets }));
  expect([told.length, told[0]]).toEqual([50, 'h79']);
});
