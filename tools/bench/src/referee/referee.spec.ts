import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, readAdjudicated, type Adjudicated } from './adjudicated.js';
import { renderDifferences } from './render.js';

const judged: Adjudicated = {
  reasons: { names: { right: 'libs/sigma', clause: 'Taxonomy', why: 'Another name.' } },
  referees: {
    peer: {
      title: 'a peer',
      about: '',
      differences: [{ ruleId: 'a', title: 'Rule A', only: 'libs/sigma', count: 2, reason: 'names' }],
    },
  },
};
const found = (ruleId: string, only: string, count: number) => ({ ruleId, only, count });

describe('a difference', () => {
  it('is judged when somebody looked at it', () =>
    expect(judge([found('a', 'libs/sigma', 2)], judged, 'peer')).toEqual([
      { ...found('a', 'libs/sigma', 2), reason: 'names', right: 'libs/sigma', judged: true },
    ]));
  it('is not judged when nobody did, when the other side has it, or when there are more of it', () =>
    expect(
      judge([found('b', 'libs/sigma', 1), found('a', 'peer', 1), found('a', 'libs/sigma', 3)], judged, 'peer').map(
        (one) => one.judged,
      ),
    ).toEqual([false, false, false]));
  it('of a referee nobody knows is a fault', () =>
    expect(() => judge([], judged, 'stranger')).toThrow('knows no referee stranger'));
});

describe('the committed judgements', () => {
  const all = readAdjudicated();
  it('each have a reason that is told', () =>
    expect(
      Object.values(all.referees)
        .flatMap(({ differences }) => differences)
        .filter(({ reason }) => !all.reasons[reason]),
    ).toEqual([]));
  it('are what the documentation shows', () =>
    expect(readFileSync(join('docs', 'engine', 'differences.md'), 'utf8').trimEnd()).toBe(
      renderDifferences(all).trimEnd(),
    ));
});
