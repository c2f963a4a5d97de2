import { CompactSign, compactVerify, importJWK, type CryptoKey, type JWK } from 'jose';
import { Fault } from '#libs/model';
import type { Seal } from '#libs/store';
import type { BaseConfig } from './config.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The service's signature under anchors, erasures and snapshots: a compact JWS (EdDSA, Ed25519) whose header names the
 * service (`kid`) and the kind of statement (`typ: vigie-anchor`), so that no signature of another use passes for one.
 * Several trusted keys may bear one service's name: after a change of keys the older public one stays trusted, for what
 * it signed.
 * @param config without a signing key, statements can only be read.
 */
export const openSeal = (
  config: Pick<BaseConfig, 'TRUSTED_KEYS'> & Partial<Pick<BaseConfig, 'SERVICE_SIGNING_KEY'>>,
): Seal => {
  const imported = async (key: object): Promise<CryptoKey> => (await importJWK(key as JWK, 'EdDSA')) as CryptoKey;
  const { SERVICE_SIGNING_KEY: own } = config;
  const trusted = (service: string): Promise<CryptoKey[]> =>
    Promise.all(config.TRUSTED_KEYS.keys.filter(({ kid }) => kid === service).map(imported));
  const typeOf = (kind: string): string => `vigie-${kind}`;
  return {
    sign: async (kind, statement) => {
      if (!own) throw new Fault('there is no key to sign with');
      return new CompactSign(encoder.encode(JSON.stringify(statement)))
        .setProtectedHeader({ alg: 'EdDSA', kid: own.kid, typ: typeOf(kind) })
        .sign(await imported(own));
    },
    open: async (kind, service, signature) => {
      for (const key of await trusted(service)) {
        const opened = await compactVerify(signature, key, { algorithms: ['EdDSA'] }).catch(() => undefined);
        if (opened?.protectedHeader.kid !== service || opened.protectedHeader.typ !== typeOf(kind)) continue;
        return JSON.parse(decoder.decode(opened.payload)) as object;
      }
      return undefined;
    },
  };
};
