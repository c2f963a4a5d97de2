import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { reasonOf } from '#libs/model';

/** Paths of PEM files. */
export interface TlsFiles {
  /** The server's certificate, and those that lead to its authority. */
  certificate: string;
  key: string;
  /** Authorities whose certificates senders must show. */
  clientCa?: string | undefined;
}

/** What stands in them. */
export interface TlsTexts {
  cert: string;
  key: string;
  ca?: string;
}

const VARIABLES = {
  certificate: 'SYSLOG_TLS_CERT_FILE',
  key: 'SYSLOG_TLS_KEY_FILE',
  clientCa: 'SYSLOG_TLS_CLIENT_CA_FILE',
} as const;
type FileName = keyof typeof VARIABLES;

const certificatesIn = (name: FileName, text: string, path: string): void => {
  try {
    new X509Certificate(text);
  } catch {
    throw new Error(`${VARIABLES[name]}: ${path} holds no certificate in PEM`);
  }
};

/** @throws Error with a sentence that names the variable and the path, and nothing of what stands in a file. */
const checked = (files: TlsFiles, { cert, key, ca }: TlsTexts): TlsTexts => {
  certificatesIn('certificate', cert, files.certificate);
  if (ca !== undefined) certificatesIn('clientCa', ca, files.clientCa ?? '');
  try {
    createSecureContext({ cert, key, ...(ca === undefined ? {} : { ca }) });
  } catch (error) {
    const why = /values mismatch/.test(reasonOf(error))
      ? `is not the key of the certificate in ${files.certificate}`
      : `holds no private key in PEM that can be read without a password`;
    throw new Error(`${VARIABLES.key}: ${files.key} ${why}`, { cause: error });
  }
  return { cert, key, ...(ca === undefined ? {} : { ca }) };
};

const textOf = async (files: TlsFiles, name: FileName): Promise<string> => {
  const path = files[name] ?? '';
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${VARIABLES[name]}: ${path} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
};

/** @throws Error with a sentence when one cannot be read or does not fit the others. */
export const readTlsFiles = async (files: TlsFiles): Promise<TlsTexts> => {
  const [cert, key] = [await textOf(files, 'certificate'), await textOf(files, 'key')];
  return checked(files, { cert, key, ...(files.clientCa ? { ca: await textOf(files, 'clientCa') } : {}) });
};
