import { compile } from '../index.js';

/** Rules are tagged with versions of ATT&CK that came after this library: what it does not know is kept as it is. */
const rule = (tags: string[]) =>
  compile([
    {
      path: 'a.yml',
      text: JSON.stringify({
        title: 'a',
        id: 'a',
        tags,
        logsource: { product: 'windows' },
        detection: { selection: { Image: 'a' }, condition: 'selection' },
      }),
    },
  ]);

describe('ATT&CK tags', () => {
  it('of versions to come are techniques and tactics like any other', () => {
    const {
      rules: [one],
      failures,
    } = rule([
      'attack.t1685',
      'attack.T1685.004',
      'attack.t99999.123',
      'attack.stealth',
      'attack.defense-impairment',
      'attack.defense_evasion',
      'attack.something-new',
    ]);
    expect(failures).toEqual([]);
    expect(one?.techniques).toEqual(['T1685', 'T1685.004', 'T99999.123']);
    expect(one?.tactics).toEqual(['stealth', 'defense-impairment', 'defense-evasion', 'something-new']);
  });
  it('of groups, software and mitigations, and of other vocabularies, are tags alone', () => {
    const tags = [
      'attack.g0016',
      'attack.s0154',
      'attack.m1018',
      'car.2013-05-009',
      'cve.2021-44228',
      'detection.emerging-threats',
    ];
    expect(rule(tags).rules[0]).toMatchObject({ techniques: [], tactics: [], tags });
  });
});
