import { exportJWK, generateKeyPair } from 'jose';
import type { BaseConfig } from '#libs/service';

type SigningKey = BaseConfig['SERVICE_SIGNING_KEY'];

/** A pair of keys (Ed25519) of a service, as its configuration wants them. */
export interface KeyPair {
  secret: SigningKey;
  open: Omit<SigningKey, 'd'>;
}

export const keyPair = async (kid: string): Promise<KeyPair> => {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const { x = '', d = '' } = await exportJWK(privateKey);
  const open = { kty: 'OKP', crv: 'Ed25519', x, kid } as const;
  return { secret: { ...open, d }, open };
};

/** Signing keys of a test's services, as their configuration wants them. */
export interface TestKeys {
  secretOf(service: string): string;
  trusted: string;
}

export const testKeys = async (services: string[]): Promise<TestKeys> => {
  const pairs = await Promise.all(services.map(keyPair));
  return {
    secretOf: (service) => JSON.stringify(pairs.find(({ secret: { kid } }) => kid === service)?.secret),
    trusted: JSON.stringify({ keys: pairs.map(({ open }) => open) }),
  };
};
