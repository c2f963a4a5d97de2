import type { ClusteringFact } from '#contracts';
import { MINUTE_MS } from '#libs/terms';
import { caseOf, given, later, onWs6, opening, opens, place } from '../../../test/placements.js';
import { finding, THEN } from '../../../test/samples.js';

const released: ClusteringFact = { type: 'clustering.case-released', caseId: caseOf('a'), at: THEN };
const recalled: ClusteringFact = { type: 'clustering.case-recalled', caseId: caseOf('a'), at: THEN };
const recall = { type: 'clustering.recall-case', caseId: caseOf('a') } as const;
const next = place(finding('z', 'host:workstation6', later(MINUTE_MS)));
const joins = { type: 'clustering.finding-placed', opened: false, number: 1001, caseId: caseOf('a') } as const;

describe('a closed case', () => {
  it('attracts nothing', () => given(opening(onWs6), released).when(next).thenLike(opens));
  it('attracts findings again once it is reopened', () =>
    given(opening(onWs6), released, recalled).when(next).thenLike(joins));
  it('is recalled once', () => {
    given(opening(onWs6), released).when(recall).then(recalled);
    given(opening(onWs6), released, recalled).when(recall).then();
    given(opening(onWs6)).when(recall).then();
    given().when(recall).then();
  });
  it('knows what it has, and is released again', () => {
    const facts = [opening(onWs6), released, recalled];
    given(...facts)
      .when(place(onWs6))
      .then();
    given(...facts)
      .when({ type: 'clustering.release-case', caseId: caseOf('a') })
      .then(released);
  });
});

describe('a case that was let go among a thousand others', () => {
  const many = Array.from({ length: 1_100 }, (_, index) =>
    opening(finding(`f${index}`, `host:h${index}`, later((index + 1) * MINUTE_MS)), 1002 + index),
  );
  const facts = [opening(onWs6), ...many];
  it('still attracts findings', () =>
    given(...facts)
      .when(next)
      .thenLike(joins));
  it('is released when it closes', () => {
    given(...facts)
      .when({ type: 'clustering.release-case', caseId: caseOf('a') })
      .then(released);
    given(...facts, released)
      .when(next)
      .thenLike({ ...opens, number: 2102 });
  });
  it('does not move into another case, as its findings are not remembered', () => {
    const joined = given(...facts)
      .when(next)
      .facts();
    given(...facts, ...joined)
      .when({
        type: 'clustering.merge-cases',
        fromCaseId: caseOf('a'),
        intoCaseId: caseOf('f1099'),
        reason: 'one',
      })
      .refuses('its earlier findings are not remembered and cannot move');
  });
});
