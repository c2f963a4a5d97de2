import type { TokenIssuer } from '#libs/service';
import { callerVerifier } from '../../services/gateway/src/http/tokens.js';
import { newKeyPair, signToken, tokenIssuers } from '../../cli/src/index.js';
import type { Attack } from './attack.js';

const opens = async (kind: 'operator' | 'customer'): Promise<boolean> => {
  const issuer = await newKeyPair('dev');
  const issuers = JSON.parse(tokenIssuers(issuer.public)) as TokenIssuer[];
  const token = await signToken(
    issuer.secret,
    kind === 'operator' ? { kind, subject: 'ada' } : { kind, subject: 'ada', tenant: 'acme' },
  );
  return (await callerVerifier(issuers, () => Date.now())(`Bearer ${token}`, 'PROVIDER')) !== undefined;
};

/** A customer's good token, at the endpoint of the provider's people. */
export const tokenOfTheOtherSide: Attack = {
  name: 'token-of-the-other-side',
  line: 1,
  control: () => opens('operator'),
  attack: async () => ((await opens('customer')) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/gateway/src/http/tokens.ts',
    find: 'return side === undefined || caller.side === side ? caller : undefined;',
    replace: 'return caller;',
  },
};
