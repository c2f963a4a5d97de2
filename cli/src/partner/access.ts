import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { tokenFor, type ReachedInstallation } from '../gateway/session.js';
import type { Partner } from '../kafka/partner.js';
import { fromCaller } from '../terminal/paths.js';
import { print, printJson } from '../terminal/print.js';

/** How long a bearer token of a partner lets in, where we make it. */
export const TOKEN_DAYS = 30;

/** What a partner is let in with: secrets, told once. */
export interface PartnerAccess {
  kafka: Partner;
  /** `receipts`: where it asks what became of what it sent, with the same token. */
  http: { url: string; token: string; receipts: string };
}

export const accessOf = async (
  installation: ReachedInstallation,
  kafka: Partner,
  { tenant, source }: { tenant: string; source: string },
): Promise<PartnerAccess> => {
  const holder = { kind: 'partner', subject: kafka.username, tenant, sources: [source] } as const;
  // Elsewhere the identity provider makes it, for this subject and these sources.
  const token = installation.issuer
    ? await tokenFor(installation, holder, 24 * TOKEN_DAYS)
    : `(your identity provider's, for sub "${holder.subject}", sources ["${source}"])`;
  const base = installation.urls.ingest ?? '(set INGEST_URL)';
  return {
    kafka,
    http: { url: `${base}/v1/ingest/${source}`, token, receipts: `${base}/v1/receipts/${source}` },
  };
};

/** Whole or not at all, for its owner alone. */
export const saveAccess = (path: string, access: PartnerAccess): void => {
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(fresh, `${JSON.stringify(access, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
};

export interface AccessFlags {
  json: boolean;
  save?: string;
}

const receiptsText = ({ receipts }: Partner): string =>
  receipts ? `\nreceipts        ${receipts.topic}, read with groups ${receipts.group}*` : '';

/** Tells the secrets once: to a file that its owner alone may read, as JSON, or to people. */
export const tellAccess = (access: PartnerAccess, { json, save: file }: AccessFlags): void => {
  const { kafka, http } = access;
  if (file) {
    saveAccess(fromCaller(file), access);
    return print(`${kafka.username} is let in with what stands in ${file}`);
  }
  if (json) return printJson(access);
  return print(
    `Kafka topic     ${kafka.topic}\nKafka brokers   ${kafka.brokers.join(',')}\nmechanism       ${kafka.mechanism}\nuser            ${kafka.username}\npassword        ${kafka.password}${receiptsText(kafka)}\nHTTP            POST ${http.url}\n                GET ${http.receipts}\nbearer token    ${http.token}`,
  );
};
