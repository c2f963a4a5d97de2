import { isSecretReference, isTenant, isUrl } from '#libs/terms';

/** A credential with the origins (scheme, host and port) that it, and whatever is made of it, may be sent to. */
export interface KeptSecret {
  secret: string;
  origins: readonly string[];
}

/** A secret of the file: whose it is, and the name under which the tenant's settings know it. */
export interface SecretEntry extends KeptSecret {
  tenant: string;
  ref: string;
}

const FIELDS = ['origins', 'secret'];
const SHAPE = '{"<tenant>": {"<secretRef>": {"origins": ["https://api.vendor.example"], "secret": "…"}}}';

/** Scheme, host and port, written as browsers do; undefined for anything with more to it, or with less. */
export const originIn = (text: string): string | undefined => {
  if (!isUrl(text)) return undefined;
  const { protocol, origin, host, username, password, pathname, search, hash } = new URL(text);
  const alone =
    pathname === '/' &&
    !username &&
    !password &&
    !search &&
    !hash &&
    !/[?#@]|\.$|\.:/.test(text) &&
    !host.includes('*');
  return alone && ['https:', 'http:'].includes(protocol) ? origin : undefined;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The key of a webhook that comes in is sent nowhere. */
const isOfHook = (ref: string): boolean => ref.startsWith('hooks/');

const entryOf = (tenant: string, ref: string, value: unknown, problem: (sentence: string) => void): SecretEntry[] => {
  const at = `${tenant}/${ref}`;
  if (!isObject(value)) {
    problem(`${at} is a value alone: say where it may be sent, as in ${SHAPE}`);
    return [];
  }
  const { origins, secret } = value;
  if (Object.keys(value).some((field) => !FIELDS.includes(field)))
    problem(`${at} has a field besides ${FIELDS.join(' and ')}`);
  if (typeof secret !== 'string' || secret.trim() === '') problem(`${at} has no secret (a text that is not empty)`);
  if (!Array.isArray(origins) || (origins.length === 0 && !isOfHook(ref))) {
    problem(`${at} has no origins: name each address it may be sent to, such as https://api.vendor.example`);
    return [];
  }
  const read = origins.map((one) => (typeof one === 'string' ? originIn(one) : undefined));
  read.forEach((one, index) => {
    if (!one)
      problem(`${at}: origin ${index + 1} is not one such as https://api.vendor.example or https://10.0.0.5:8443`);
  });
  return [{ tenant, ref, secret: String(secret), origins: read.flatMap((one) => one ?? []) }];
};

/**
 * Reads the secrets file: by tenant, by reference. It is good as a whole or not at all.
 * @returns every problem by its place. No value is repeated, nor a name that has not the shape of one: it may be a
 * secret.
 */
export const readSecrets = (text: string): { entries: SecretEntry[]; problems: string[] } => {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    // The parser's own error would quote the secrets.
    return { entries: [], problems: ['it is not JSON'] };
  }
  if (!isObject(file)) return { entries: [], problems: [`it is not an object as in ${SHAPE}`] };
  const problems: string[] = [];
  const problem = (sentence: string): void => void problems.push(sentence);
  const entries = Object.entries(file).flatMap(([tenant, secrets], index) => {
    const place = isTenant(tenant) || isSecretReference(tenant) ? tenant : `entry ${index + 1}`;
    if (!isObject(secrets)) {
      problem(
        `${place} is a value alone: a secret belongs to a tenant and to the addresses it may be sent to, as in ${SHAPE}; vigie secret add writes it`,
      );
      return [];
    }
    if (!isTenant(tenant)) problem(`${place} is not the id of a tenant`);
    return Object.entries(secrets).flatMap(([ref, value], inner) => {
      const isName = isSecretReference(ref);
      if (!isName)
        problem(
          `${place}: the name of secret ${inner + 1} is not a letter followed by letters, digits and _ . / - (100 at most)`,
        );
      return entryOf(place, isName ? ref : `secret ${inner + 1}`, value, problem);
    });
  });
  return { entries, problems };
};
