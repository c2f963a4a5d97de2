import { viewsInMemory } from '#libs/store';
import { heardOf, idsOf } from '../../test/samples/index.js';
import { advice as byAnalysts } from '../analyst/recommendations.js';
import { advice } from '../customer/recommendations.js';
import { nodeId } from '../domain/node-id.js';
import { scopeOf } from '../domain/scope.js';
import type { Visit } from '../graphql/visit.js';
import { openGate } from '../reading/gate.js';
import { recommendations } from '../views/recommendations.js';

const { case: caseId, recommendation, oldRecommendation } = idsOf('acme');
const mo = { subject: 'mo', side: 'CUSTOMER', tenant: 'acme', expiresAt: Infinity } as const;
const gate = openGate(
  viewsInMemory([recommendations], heardOf('acme', ...recommendations.hears)),
  scopeOf(mo, { PARTNER_MSP: ['acme'] }, []),
);
// What makes requests of advice looks at documents alone.
const visit = { gate } as Partial<Visit> as Visit;
const node = (key: string): string => nodeId('Recommendation', 'acme', key);
const args = { comment: 'done', reason: 'It goes', basedOn: null };

it('advice is asked about by its own id', async () => {
  const asked = await advice.mutations.completeRecommendation({ ...args, id: node(recommendation) }, visit, 'q');
  expect(asked).toMatchObject({
    tenant: 'acme',
    isThere: true,
    request: { type: 'recommendation.complete', recommendationId: recommendation, comment: 'done' },
  });
});

it('advice of before is followed in its case, and nothing else is asked of it', async () => {
  const id = node(oldRecommendation);
  expect(await advice.mutations.completeRecommendation({ ...args, id }, visit, 'q')).toMatchObject({
    request: { type: 'case.complete-recommendation', caseId, recommendationId: oldRecommendation },
  });
  for (const asked of [
    await advice.mutations.acceptRecommendationRisk({ ...args, id }, visit, 'q'),
    await advice.mutations.reopenRecommendation({ ...args, id }, visit, 'q'),
    await byAnalysts.mutations.withdrawRecommendation({ ...args, id }, visit, 'q'),
  ])
    expect(asked).toMatchObject({ refused: { code: 'GIVEN_IN_CASE' } });
});

it('what is not there is not asked about', async () => {
  expect(await advice.mutations.completeRecommendation({ ...args, id: node('x') }, visit, 'q')).toMatchObject({
    isThere: false,
  });
  expect(await advice.mutations.completeRecommendation({ ...args, id: 'x' }, visit, 'q')).toBeUndefined();
});
