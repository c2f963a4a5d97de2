import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorldOptions } from '#libs/testing';
import { freePorts } from '#stack';
import { type SigningKeyPair, newKeyPair, tokenIssuers } from '../../cli/src/index.js';

/** What the services of a world were given beside the base block, and where they are reached. */
export interface WorldReach {
  /** Ends with the world. */
  dir: string;
  gatewayUrl: string;
  collectionUrl: string;
  /** Signs people's and partners' tokens: see signToken() of cli. */
  issuer: SigningKeyPair;
  lakeDir: string;
  secretsFile: string;
}

/** First administrator of a world's gateway. */
export const ROOT = 'root';

/** Ports, folders and keys for every service, of one world alone. */
export const settings = async (): Promise<{
  reach: WorldReach;
  environment: NonNullable<WorldOptions['environment']>;
}> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-attacks-'));
  const [http = 0, ingest = 0] = await freePorts(2);
  const issuer = await newKeyPair('dev');
  const reach: WorldReach = {
    dir,
    issuer,
    gatewayUrl: `http://127.0.0.1:${http}`,
    collectionUrl: `http://127.0.0.1:${ingest}`,
    lakeDir: join(dir, 'lake'),
    secretsFile: join(dir, 'secrets.json'),
  };
  mkdirSync(reach.lakeDir);
  writeFileSync(reach.secretsFile, '{}', { mode: 0o600 });
  const listening = { LISTEN_HOST: '127.0.0.1', TOKEN_ISSUERS: tokenIssuers(issuer.public) };
  return {
    reach,
    environment: {
      collection: { ...listening, HTTP_PORT: String(ingest) },
      detection: { CHECKPOINT_EVERY_MS: '100' },
      gateway: { ...listening, HTTP_PORT: String(http), OPERATOR_ADMINS: ROOT },
      hunting: { LAKE_DIR: reach.lakeDir, LAKE_WAIT_MS: '100' },
      reporting: { REPORT_SETTLE_MS: '0' },
      response: { SECRETS_FILE: reach.secretsFile, EGRESS_ALLOW: '127.0.0.1', VERIFY_AFTER_MS: '50' },
    },
  };
};
