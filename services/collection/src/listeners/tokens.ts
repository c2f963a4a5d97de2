import { z } from 'zod';
import { tokenVerifier, type TokenIssuer } from '#libs/service';

/** What a partner's token permits. */
export interface IngestPermit {
  tenant: string;
  /** Whom the issuer knows; however many tokens he has. */
  subject: string;
  /** Names of sources; empty for every registered source of the tenant. */
  sources: string[];
}

/** @returns undefined for a token that is not good, for whatever reason. */
export type IngestVerifier = (token: string) => Promise<IngestPermit | undefined>;

/** A claim that is not as it should be must not permit more than it says. */
const sources = z.array(z.string()).default([]);

/** Verifies partners' tokens. The tenant follows from the issuer, `sources` from the token. */
export const ingestVerifier = (issuers: readonly TokenIssuer[], now: () => number): IngestVerifier => {
  const verify = tokenVerifier(
    issuers.filter(({ side }) => side === 'PARTNER'),
    now,
  );
  return async (token) => {
    const bearer = await verify(token);
    const named = sources.safeParse(bearer?.claims.sources);
    if (bearer?.tenant === undefined || !named.success) return undefined;
    return { tenant: bearer.tenant, subject: bearer.subject, sources: named.data };
  };
};
