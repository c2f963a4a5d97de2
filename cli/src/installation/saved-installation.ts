import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '#libs/terms';
import { DEFAULT_DIR, installationDir } from './chosen.js';
import type { InstalledSyslog } from './syslog.js';
import { newKeyPair, type SigningKeyPair } from './keys.js';

/** What a local installation is: kept in `.stack/<name>/installation.json`, readable by its owner only. */
export interface Installation {
  dir: string;
  keys: Record<string, SigningKeyPair>;
  issuer: SigningKeyPair;
  ports: Record<string, number>;
  pids: Record<string, number>;
  urls: Record<string, string>;
  /** All services run in one process. */
  oneProcess?: boolean;
  /** Mail server that takes what oncall sends; none unless given. */
  smtpUrl?: string;
  /** Whose reports these are: what was given of it, by variable of reporting. */
  brand?: Record<string, string>;
  /** Listeners of syslog. */
  syslog?: InstalledSyslog[];
}

/** The platform's administrator of an installation on this machine. */
export const DEV_ADMIN = 'platform-admin';
const fileOf = (dir: string): string => join(dir, 'installation.json');

export const loadInstallation = (dir = installationDir()): Installation | undefined =>
  existsSync(fileOf(dir)) ? (JSON.parse(readFileSync(fileOf(dir), 'utf8')) as Installation) : undefined;

export const saveInstallation = (installation: Installation): void => {
  mkdirSync(installation.dir, { recursive: true, mode: 0o700 });
  writeFileSync(fileOf(installation.dir), `${JSON.stringify(installation, null, 2)}\n`, { mode: 0o600 });
  chmodSync(fileOf(installation.dir), 0o600);
};

export const forgetInstallation = (dir: string): void => rmSync(fileOf(dir), { force: true });

/** Keys of services, and of who signs tokens here. */
export type InstallationKeys = Pick<Installation, 'keys' | 'issuer'>;

/** Keys are made once and kept with the data. @param given those of an installation that this one goes on for. */
export const newInstallation = async (dir = DEFAULT_DIR, given?: InstallationKeys): Promise<Installation> => {
  const earlier = given && { dir, keys: given.keys, issuer: given.issuer, ports: {}, pids: {}, urls: {} };
  const known: Installation | undefined = loadInstallation(dir) ?? earlier;
  // A service that is new since then gets its key.
  const lacking = SERVICES.filter((name) => !known?.keys[name]);
  const made = Object.fromEntries(
    await Promise.all(lacking.map(async (name) => [name, await newKeyPair(name)] as const)),
  );
  if (known) return { ...known, keys: { ...known.keys, ...made }, pids: {} };
  return { dir, keys: made, issuer: await newKeyPair('dev'), ports: {}, pids: {}, urls: {} };
};
