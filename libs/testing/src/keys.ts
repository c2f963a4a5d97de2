import { exportJWK, generateKeyPair } from 'jose';

/** Signing keys of a test's services, as their configuration wants them. */
export interface TestKeys {
  secretOf(service: string): string;
  trusted: string;
}

export const testKeys = async (services: string[]): Promise<TestKeys> => {
  const pairs = await Promise.all(
    services.map(async (kid) => {
      const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
      return {
        kid,
        secret: { ...(await exportJWK(privateKey)), kid },
        public: { ...(await exportJWK(publicKey)), kid },
      };
    }),
  );
  return {
    secretOf: (service) => JSON.stringify(pairs.find(({ kid }) => kid === service)?.secret),
    trusted: JSON.stringify({ keys: pairs.map((pair) => pair.public) }),
  };
};
