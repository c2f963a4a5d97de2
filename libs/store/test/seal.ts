import { createPrivateKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Seal } from '../src/port-chain.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));

/**
 * Real signatures in a form of the test's own: `<statement>.<signature>`, both base64url, over kind, service and
 * statement.
 */
export const sealOf = (own: string): Seal => {
  const covered = (kind: string, service: string, statement: string): Buffer =>
    Buffer.from(JSON.stringify([kind, service, statement]));
  return {
    sign: async (kind, statement) => {
      const text = Buffer.from(JSON.stringify(statement)).toString('base64url');
      return `${text}.${sign(null, covered(kind, own, text), key).toString('base64url')}`;
    },
    open: async (kind, service, signature) => {
      const [text = '', bytes = ''] = signature.split('.');
      return verify(null, covered(kind, service, text), publicKey, Buffer.from(bytes, 'base64url'))
        ? (JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as object)
        : undefined;
    },
  };
};
