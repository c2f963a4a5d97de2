import 'reflect-metadata';
import { isIP } from 'node:net';
import { webcrypto, type webcrypto as webcryptoTypes } from 'node:crypto';
import { DAY_MS } from '#libs/terms';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** In PEM. */
export interface MadeCertificate {
  certificate: string;
  key: string;
}

export interface CertificateWanted {
  /** Names and addresses of whom it is, the first of them its common name. */
  names: readonly [string, ...string[]];
  days: number;
  /** Who signs it; its own key unless said. */
  issuer?: MadeCertificate;
}

/** Makes a certificate, for an installation on this machine and for tests: nobody else has a reason to trust it. */
export const makeCertificate = async ({ names, days, issuer }: CertificateWanted): Promise<MadeCertificate> => {
  // Loaded by those who make one: the stack's other doors are asked for much more often.
  const x509 = await import('@peculiar/x509');
  const keys = (await webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify'])) as webcryptoTypes.CryptoKeyPair;
  const subject = `CN=${names[0]}`;
  const signer = issuer && {
    issuer: new x509.X509Certificate(issuer.certificate).subject,
    signingKey: await webcrypto.subtle.importKey(
      'pkcs8',
      x509.PemConverter.decode(issuer.key)[0] ?? new ArrayBuffer(0),
      CURVE,
      false,
      ['sign'],
    ),
  };
  const made = await x509.X509CertificateGenerator.create({
    subject,
    issuer: signer?.issuer ?? subject,
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + days * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: signer?.signingKey ?? keys.privateKey,
    signingAlgorithm: SIGNING,
    extensions: [
      new x509.BasicConstraintsExtension(!issuer, undefined, true),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificate: `${made.toString('pem')}\n`, key: `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n` };
};
