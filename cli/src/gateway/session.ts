import { Refused } from '#libs/model';
import { attachStack, type Stack } from '#stack';
import { join } from 'node:path';
import { graphqlClient, type GraphqlClient } from './graphql-client.js';
import { installationDir } from '../installation/chosen.js';
import { DEV_ADMIN, loadInstallation, type Installation } from '../installation/saved-installation.js';
import { signToken } from '../installation/keys.js';

/** What a command works with: the running installation, and a client that speaks as the platform's administrator. */
export interface InstallationSession {
  installation: Installation;
  stack: Stack;
  admin: GraphqlClient;
}

/** A client for somebody of the provider. */
export const clientOf = async (
  { issuer, urls }: Pick<Installation, 'issuer' | 'urls'>,
  subject: string,
): Promise<GraphqlClient> =>
  graphqlClient(urls.analyst ?? '', await signToken(issuer.secret, { kind: 'operator', subject }));

/** @throws Refused when nothing runs, naming the command that starts it. */
export const openSession = async (dir = installationDir()): Promise<InstallationSession> => {
  const installation = loadInstallation(dir);
  const stack = installation && (await attachStack(join(dir, 'stack')));
  if (!installation || !stack)
    throw new Refused('nothing is running here: start it with npm run vigie -- up', 'NOT_UP');
  return { installation, stack, admin: await clientOf(installation, DEV_ADMIN) };
};
