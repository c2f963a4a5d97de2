import { graphqlClient, mustBeOk, type GraphqlClient } from '../gateway/graphql-client.js';
import { clientOf } from '../gateway/session.js';
import { signToken } from '../installation/keys.js';
import type { Partner } from '../kafka/partner.js';
import { DEV_ADMIN } from '../installation/saved-installation.js';
import { type RunningInstallation } from '../installation/up.js';

/** What the acts of the demo share. */
export interface Stage {
  up: RunningInstallation;
  admin: GraphqlClient;
  /** The provider's analyst and the reviewer, granted to all tenants of the demo. */
  analyst: GraphqlClient;
  reviewer: GraphqlClient;
  /** A customer's approver, by tenant. */
  customers: Record<string, GraphqlClient>;
  partners: Record<string, Partner>;
  say(line: string): void;
}

export const ANALYST = 'ada@provider';
export const REVIEWER = 'grace@provider';

const GRANT =
  'mutation($subject: String!, $role: Role!, $tenants: [String!]!, $m: String) { giveGrant(subject: $subject, role: $role, tenants: $tenants, mutationId: $m) OUTCOME }';

export const grant = async (admin: GraphqlClient, subject: string, role: string, tenants: string[]): Promise<void> => {
  mustBeOk(
    await admin.change(GRANT, { subject, role, tenants, m: `demo ${subject} ${role} ${tenants.join()}` }),
    `the grant of ${subject}`,
  );
};

/** A client for somebody of the provider. */
export const provider = ({ installation }: RunningInstallation, subject: string): Promise<GraphqlClient> =>
  clientOf(installation, subject);

/** A client for somebody of a customer. */
export const customer = async (
  { installation }: RunningInstallation,
  tenant: string,
  subject: string,
): Promise<GraphqlClient> =>
  graphqlClient(
    installation.urls.customer ?? '',
    await signToken(installation.issuer.secret, { kind: 'customer', tenant, subject }),
  );

export const setStage = async (up: RunningInstallation, say: (line: string) => void): Promise<Stage> => ({
  up,
  say,
  customers: {},
  partners: {},
  admin: await provider(up, DEV_ADMIN),
  analyst: await provider(up, ANALYST),
  reviewer: await provider(up, REVIEWER),
});
