import { readFileSync } from 'node:fs';
import { Fault } from '#libs/model';
import { readSecrets, type KeptSecret, type SecretEntry } from './secrets-file.js';

/** No such secret is kept for the tenant, or the file is not good; nothing of one is said. */
export class SecretMissing extends Error {}

/** Looks for a tenant's secret. @throws SecretMissing when none of that name is kept for it. */
export type Secrets = (tenant: string, ref: string) => KeptSecret;

const read = (file: string): { entries: SecretEntry[]; problems: string[] } => {
  try {
    return readSecrets(readFileSync(file, 'utf8'));
  } catch (error) {
    return { entries: [], problems: [`it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`] };
  }
};

/** @throws Fault naming every problem of the file, and no value. */
export const checkSecrets = (file: string): void => {
  const { problems } = read(file);
  if (problems.length > 0) throw new Fault(`the secrets file ${file}:\n  ${problems.join('\n  ')}`);
};

/**
 * Secrets from a file that only the service can read; read anew each time, so that a rotation needs no restart.
 * @param tell hears what is wrong with the file: a tenant, who reads what came of its action, learns nothing of others'
 * entries.
 */
export const secretsFrom =
  (file: string, tell: (problems: string[]) => void): Secrets =>
  (tenant, ref) => {
    const { entries, problems } = read(file);
    if (problems.length > 0) {
      tell(problems);
      throw new SecretMissing("the installation's secrets file is not good; the service's log says why");
    }
    const entry = entries.find((one) => one.tenant === tenant && one.ref === ref);
    // One sentence, whether there is no such secret or it is another tenant's.
    if (!entry) throw new SecretMissing(`no secret ${ref} is kept for this tenant`);
    return entry;
  };
