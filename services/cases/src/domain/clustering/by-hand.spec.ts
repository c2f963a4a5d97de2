import type { ClusteringFact, ClusteringSplitCase } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { caseOf, given, later, onWs5, onWs6, opening, opens, place } from '../../../test/placements.js';
import { THEN, entities, finding } from '../../../test/samples.js';

describe('a case', () => {
  const open = {
    type: 'clustering.open-case',
    title: 'Please look at this',
    description: 'A call',
    severity: 'LOW',
    entities: entities('host:ws6'),
  } as const;
  const release = { type: 'clustering.release-case', caseId: caseOf('a') } as const;
  const released: ClusteringFact = { type: 'clustering.case-released', caseId: caseOf('a'), at: THEN };
  const merge = {
    type: 'clustering.merge-cases',
    fromCaseId: caseOf('b'),
    intoCaseId: caseOf('a'),
    reason: 'one attacker',
  } as const;
  const split: ClusteringSplitCase = {
    type: 'clustering.split-case',
    caseId: caseOf('a'),
    findingIds: ['b'],
    reason: 'unrelated',
  };
  const both = [opening(onWs6), { ...opening(onWs5), caseId: caseOf('a'), opened: false } as ClusteringFact];

  it('opened by a customer gets the next number', () =>
    given(opening(onWs5))
      .when(open, { actor: { subject: 'bob', side: 'CUSTOMER' } })
      .thenLike({ type: 'clustering.case-numbered', number: 1002, title: 'Please look at this' }));
  it('opened by a person attracts findings on its entities', () => {
    const facts = given().when(open).facts();
    given(...facts)
      .when(place(finding('c', 'host:ws6', later(MINUTE_MS))))
      .thenLike({ type: 'clustering.finding-placed', opened: false, number: 1001 });
  });
  it('needs a title', () =>
    given()
      .when({ ...open, title: ' ' })
      .refuses('a case needs a title'));
  it('attracts nothing more once released', () =>
    given(opening(onWs6), released)
      .when(place(finding('c', 'host:workstation6')))
      .thenLike(opens));
  it('is released once', () => given(opening(onWs6), released).when(release).then());
  it('still knows its findings after its release', () => given(opening(onWs6), released).when(place(onWs6)).then());
  it('is merged by an analyst', () =>
    given(opening(onWs6), opening(onWs5, 1002))
      .when(merge)
      .thenLike({ type: 'clustering.cases-merged', findings: [onWs5] }));
  it('is not merged with a closed one', () => given(opening(onWs5, 1002)).when(merge).refuses('closed or unknown'));
  it('is not merged by a customer', () =>
    given()
      .when(merge, { actor: { subject: 'bob', side: 'CUSTOMER' } })
      .refuses('only the provider'));
  it('is split by an analyst', () =>
    given(...both)
      .when(split)
      .thenLike({ type: 'clustering.case-split', fromCaseId: caseOf('a'), number: 1002, findings: [onWs5] }));
  it('keeps at least one finding', () =>
    given(...both)
      .when({ ...split, findingIds: ['a', 'b'] })
      .refuses('at least one finding must stay'));
  it('gives only its own findings away', () =>
    given(...both)
      .when({ ...split, findingIds: ['z'] })
      .refuses('must be one of the case'));
});
