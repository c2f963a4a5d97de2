import { tokenVerifier, type TokenIssuer } from '#libs/service';
import type { Caller } from '../domain/scope.js';

/** @returns undefined for a token that is not good for that side, for whatever reason. */
export type CallerVerifier = (authorization: string | undefined, side?: Caller['side']) => Promise<Caller | undefined>;

/** Verifies people's tokens. Partners' tokens open nothing here. */
export const callerVerifier = (issuers: readonly TokenIssuer[], now: () => number): CallerVerifier => {
  const verify = tokenVerifier(
    issuers.filter(({ side }) => side !== 'PARTNER'),
    now,
  );
  return async (authorization, side) => {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(authorization ?? '') ?? [];
    const bearer = await verify(token);
    if (!bearer || bearer.side === 'PARTNER') return undefined;
    const { subject, tenant, expiresAt } = bearer;
    const caller: Caller = { subject, side: bearer.side, expiresAt, ...(tenant === undefined ? {} : { tenant }) };
    return side === undefined || caller.side === side ? caller : undefined;
  };
};
