import { nodeId } from '../domain/node-id.js';
import { item, tenantNode, type Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import { connection } from '../reading/connection.js';
import { ofCase } from '../shared/nodes.js';
import { findings, type FindingDoc } from '../views/findings.js';
import type { AnalystSubject } from './subject.js';

/** Findings, the latest first. */
export const findingLists = {
  queries: {
    findings: (_parent, { tenants, caseId, ...paging }, { gate }) => {
      const wanted = ofCase(caseId, tenants);
      return connection(
        gate.read(findings, wanted.tenants),
        { where: { raised: true, ...wanted.where }, sort: { detectedAt: -1 } },
        paging,
        item('Finding'),
      );
    },
  },
  types: {
    Finding: {
      id: ({ tenant, findingId }: Item<FindingDoc>) => nodeId('Finding', tenant, findingId),
      tenant: ({ tenant }: Item<FindingDoc>) => tenantNode(tenant),
      caseId: ({ tenant, caseId }: Item<FindingDoc>) => caseId && nodeId('Case', tenant, caseId),
      ruleId: ({ rule }: Item<FindingDoc>) => rule?.id,
      title: ({ rule }: Item<FindingDoc>) => rule?.title,
      description: ({ rule }: Item<FindingDoc>) => rule?.description,
      falsePositives: ({ rule }: Item<FindingDoc>) => rule?.falsePositives,
      runbook: ({ rule }: Item<FindingDoc>) => rule?.runbook,
      events: ({ tenant, findingId }: Item<FindingDoc>, _args: object, { eventsOf }: Visit) =>
        eventsOf.load({ tenant, findingId }),
    },
  },
} satisfies AnalystSubject;
