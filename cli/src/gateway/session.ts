import { join } from 'node:path';
import { Refused } from '#libs/model';
import { attachStack, type Stack } from '#stack';
import { graphqlClient, type GraphqlClient } from './graphql-client.js';
import { installationDir } from '../installation/chosen.js';
import { DEV_ADMIN, loadInstallation, type Installation } from '../installation/saved-installation.js';
import { signToken, type TokenHolder } from '../installation/keys.js';

/** An installation as commands reach it: one of this machine signs its own tokens, to another one is given. */
export interface ReachedInstallation extends Pick<Installation, 'dir' | 'urls'> {
  issuer?: Installation['issuer'];
  token?: string;
}

/** What a command asks, as the platform's administrator, or as who the given token names. */
export interface InstallationSession {
  installation: ReachedInstallation;
  admin: GraphqlClient;
}

/** @throws Refused where the installation runs elsewhere: its identity provider makes the tokens there. */
export const tokenFor = async ({ issuer }: ReachedInstallation, who: TokenHolder, hours?: number): Promise<string> => {
  if (!issuer) throw new Refused('tokens of this installation are made by its identity provider', 'NOT_OURS');
  return signToken(issuer.secret, who, hours);
};

/** What somebody of the provider speaks with: elsewhere what was given, whoever is meant. */
export const spokenWith = async (reached: ReachedInstallation, subject = DEV_ADMIN): Promise<string> =>
  reached.token ?? tokenFor(reached, { kind: 'operator', subject });

/** A client for somebody of the provider. */
export const clientOf = async (reached: ReachedInstallation, subject: string): Promise<GraphqlClient> =>
  graphqlClient(reached.urls.analyst ?? '', await spokenWith(reached, subject));

const NAMED = 'set KAFKA_BROKERS, MONGO_URL, KAFKA_ADMIN_USERNAME and KAFKA_ADMIN_PASSWORD';

/** Broker and store that the environment names, or those that run on this machine. @throws Refused when there are none. */
export const openStack = async (): Promise<Stack> => {
  const stack = await attachStack(join(installationDir(), 'stack'));
  if (stack) return stack;
  throw new Refused(`nothing is running here: start it with npm run vigie -- up, or ${NAMED}`, 'NOT_UP');
};

/** The installation that the environment names. @throws Refused when it names a part of it. */
export const elsewhere = ({
  GATEWAY_URL,
  GATEWAY_TOKEN,
  INGEST_URL,
}: NodeJS.ProcessEnv): ReachedInstallation | undefined => {
  if (!GATEWAY_URL && !GATEWAY_TOKEN) return undefined;
  if (!GATEWAY_URL || !GATEWAY_TOKEN)
    throw new Refused('set both GATEWAY_URL and GATEWAY_TOKEN, or neither', 'HALF_A_GATEWAY');
  const gateway = GATEWAY_URL.replace(/\/+$/, '');
  const urls = {
    gateway,
    analyst: `${gateway}/analyst/graphql`,
    customer: `${gateway}/customer/graphql`,
    ...(INGEST_URL ? { ingest: INGEST_URL.replace(/\/+$/, '') } : {}),
  };
  return { dir: installationDir(), urls, token: GATEWAY_TOKEN };
};

/** @throws Refused when nothing runs here and nothing is named elsewhere. */
export const openSession = async (): Promise<InstallationSession> => {
  const installation = elsewhere(process.env) ?? loadInstallation(installationDir());
  if (!installation)
    throw new Refused(
      'nothing is running here: start it with npm run vigie -- up, or set GATEWAY_URL and GATEWAY_TOKEN',
      'NOT_UP',
    );
  return { installation, admin: await clientOf(installation, DEV_ADMIN) };
};
