import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '#libs/model';
import { originIn, readSecrets, type SecretEntry } from '#libs/outbound';
import { isSecretReference } from '#libs/terms';

type SecretsFile = Record<string, Record<string, { origins: readonly string[]; secret: string }>>;

/** Where an installation on this machine keeps the secrets of its connectors. */
export const secretsFileOf = (dir: string): string => join(dir, 'secrets.json');

/**
 * What the file keeps; nothing when there is none yet.
 * @throws Refused naming every problem of the file, and no value.
 */
export const keptSecrets = (file: string): SecretEntry[] => {
  if (!existsSync(file)) return [];
  const { entries, problems } = readSecrets(readFileSync(file, 'utf8'));
  if (problems.length > 0) throw new Refused(`${file}:\n  ${problems.join('\n  ')}`, 'BAD_SECRETS_FILE');
  return entries;
};

const fileOf = (entries: SecretEntry[]): SecretsFile => {
  const file: SecretsFile = {};
  for (const { tenant, ref, origins, secret } of entries)
    file[tenant] = { ...file[tenant], [ref]: { origins, secret } };
  return file;
};

/** Whole or not at all, mode 0600; of the owner the file had, so that the service can go on reading it. */
const write = (file: string, entries: SecretEntry[]): void => {
  const text = `${JSON.stringify(fileOf(entries), null, 2)}\n`;
  const { problems } = readSecrets(text);
  if (problems.length > 0) throw new Refused(problems.join('; '), 'BAD_SECRET');
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(fresh, text, { mode: 0o600, flag: 'wx', flush: true });
    if (existsSync(file)) {
      const { uid, gid } = statSync(file);
      if (uid !== process.getuid?.()) chownSync(fresh, uid, gid);
    }
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
};

const isOf =
  ({ tenant, ref }: Pick<SecretEntry, 'tenant' | 'ref'>) =>
  (one: SecretEntry): boolean =>
    one.tenant === tenant && one.ref === ref;

/** Adds a secret, or puts it in the place of the one of that name. @throws Refused when something of it cannot be. */
export const putSecret = (file: string, entry: SecretEntry): void => {
  if (!isSecretReference(entry.ref))
    throw new Refused(
      'the reference is a letter followed by letters, digits and _ . / - (100 at most)',
      'BAD_REFERENCE',
    );
  const origins = entry.origins.map((one) => originIn(one) ?? '');
  const wrong = origins.findIndex((one) => one === '');
  if (wrong >= 0)
    throw new Refused(
      `origin ${wrong + 1} is not one such as https://api.vendor.example: scheme, host and port, and nothing more`,
      'BAD_ORIGIN',
    );
  write(file, [...keptSecrets(file).filter((one) => !isOf(entry)(one)), { ...entry, origins }]);
};

/** @throws Refused when there is none. */
export const dropSecret = (file: string, named: Pick<SecretEntry, 'tenant' | 'ref'>): void => {
  const kept = keptSecrets(file);
  if (!kept.some(isOf(named)))
    throw new Refused(`${file} keeps no secret ${named.ref} of ${named.tenant}`, 'NO_SECRET');
  write(
    file,
    kept.filter((one) => !isOf(named)(one)),
  );
};

/** An empty file where there is none; what is there must be good, or response would not start. */
export const prepareSecrets = (dir: string): void => {
  const file = secretsFileOf(dir);
  if (!existsSync(file)) write(file, []);
  keptSecrets(file);
};
