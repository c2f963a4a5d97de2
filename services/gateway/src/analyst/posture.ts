import { idOf } from '#libs/model';
import { shownBy } from '../asking/shown-in.js';
import { nodeId } from '../domain/node-id.js';
import { tenantNode, type Item } from '../graphql/items.js';
import { about } from '../graphql/mutation.js';
import { installationPostureOf, postureFields, postureOf, reopenPosture } from '../shared/posture.js';
import { posture, type PostureDoc } from '../views/posture.js';
import { knownTenant } from './known-tenant.js';
import type { AnalystSubject } from './subject.js';

/** What of configuration and coverage is not as it should be. */
export const postureItems = {
  queries: {
    posture: (_parent, args, visit) => postureOf(visit, args),
    installationPosture: (_parent, args, visit) => installationPostureOf(visit, args),
  },
  mutations: {
    openPosture: ({ tenantId, input: { dueAt = null, ...input } }, visit, requestId) => {
      const postureId = idOf('posture', requestId);
      const known = knownTenant(tenantId, visit);
      return {
        ...known,
        request: { type: 'posture.open', postureId, dueAt, ...input },
        id: nodeId('Posture', known.tenant, postureId),
        shownIn: shownBy(posture, postureId),
      };
    },
    changePosture: about('Posture', (postureId, { severity, recommendation, owner, dueAt = null }) => ({
      type: 'posture.change',
      postureId,
      severity,
      recommendation,
      owner,
      dueAt,
    })),
    resolvePosture: about('Posture', (postureId, { reason }) => ({ type: 'posture.resolve', postureId, reason })),
    reopenPosture,
  },
  types: {
    InstallationPosture: { state: ({ standing }: PostureDoc) => standing },
    Posture: { ...postureFields, tenant: ({ tenant }: Item<PostureDoc>) => tenantNode(tenant) },
  },
} satisfies AnalystSubject;
