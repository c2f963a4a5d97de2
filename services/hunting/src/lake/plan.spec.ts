import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/terms';
import type { LakeFile } from './files/port.js';
import { GRACE_MS, MANY_FILES, mergeOf } from './plan.js';

const hour = Date.UTC(2026, 10, 2, 12);
const over = hour + HOUR_MS;
const MIB = 1024 * 1024;
const PLACE = 'day=2026-11-02/hour=12';

const file = (name: string, bytes = 1_000, changedAt = hour): LakeFile => ({
  path: `tenant=acme/${PLACE}/${name}.parquet`,
  bytes,
  changedAt,
});
const files = (number: number, bytes?: number, changedAt?: number): LakeFile[] =>
  Array.from({ length: number }, (_, index) => file(`f${String(index).padStart(3, '0')}`, bytes, changedAt));
const base = (bytes: number): LakeFile => file('compacted-1', bytes);

describe('what of an hour becomes one file', () => {
  it.each<[string, LakeFile[], number, number | undefined]>([
    ['nothing while it lasts', files(2), over - 1, undefined],
    ['nothing at its end, when more may come', files(2), over + GRACE_MS - 1, undefined],
    ['all of it, once it is over', files(3), over + GRACE_MS, 3],
    [
      'nothing while it is over but still comes in',
      files(3, 1_000, over + 2 * GRACE_MS),
      over + 2 * GRACE_MS,
      undefined,
    ],
    ['nothing of a single file', files(1), over + DAY_MS, undefined],
    ['nothing of what is one file already', [base(100)], over + DAY_MS, undefined],
    ['nothing of a few late events', [base(MIB), ...files(2, 1_000, over)], over + GRACE_MS, undefined],
    ['late events that are an eighth', [base(MIB), ...files(1, MIB / 8, over)], over + GRACE_MS, 2],
    ['late events in many files', [base(MIB), ...files(64, 10, over)], over + GRACE_MS, 65],
    ['late events of a day ago', [base(MIB), ...files(1, 10, over)], over + DAY_MS, 2],
    ['few files while it lasts', files(MANY_FILES - 1), over - MINUTE_MS, undefined],
    ['as many as would keep a question busy', files(MANY_FILES), over - MINUTE_MS, MANY_FILES],
    ['only small ones while it lasts', files(MANY_FILES, MIB), over - MINUTE_MS, undefined],
    ['at most a GiB of it', files(5, 300 * MIB), over + GRACE_MS, 3],
    ['at most 512 files of it', files(600), over + GRACE_MS, 512],
  ])('%s', (_name, all, now, expected) => expect(mergeOf(PLACE, all, now)?.files.length).toBe(expected));

  it('is not what lies nowhere', () => expect(mergeOf('elsewhere', files(9), over + DAY_MS)).toBeUndefined());
  it('is what lies by day, or mixed, in the same way', () => {
    const at = (place: string, now: number) => mergeOf(place, files(2), now)?.final;
    expect([at('day=2026-11-02', over + GRACE_MS), at('day=2026-11-02', over + DAY_MS)]).toEqual([undefined, true]);
    expect(at('day=mixed', over)).toBe(true);
  });
});
