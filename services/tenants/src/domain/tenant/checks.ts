import { Refused } from '#libs/model';
import { isSecretReference, isUrl } from '#libs/terms';
import { IANAZone } from 'luxon';

/** @throws Refused with the sentence unless it holds; the code for programs derives from the field. */
export const must = (holds: boolean, field: string, sentence: string): void => {
  if (!holds) throw new Refused(sentence, `${field.toUpperCase().replaceAll(' ', '_')}_WRONG`);
};

/** Whether two values of one shape say the same. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** @returns the text without white space around it. */
export const requiredText = (value: string, field: string, most = 200): string => {
  const plain = value.trim();
  must(plain !== '', field, `${field} is empty`);
  must(plain.length <= most, field, `${field} has more than ${most} characters`);
  return plain;
};

/** @param form a pattern, or what tells whether a text has the form. */
export const matches = (
  value: string,
  form: RegExp | ((text: string) => boolean),
  field: string,
  shape: string,
): string => {
  must(
    typeof form === 'function' ? form(value) : form.test(value),
    field,
    `${field} '${value.slice(0, 60)}' must be ${shape}`,
  );
  return value;
};

export const wholeNumber = (value: number, least: number, most: number, field: string): number => {
  must(
    Number.isInteger(value) && value >= least && value <= most,
    field,
    `${field} must be a whole number from ${least} to ${most}`,
  );
  return value;
};

export const unique = (values: string[], field: string): void => {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  must(twice === undefined, field, `${field} '${twice}' is there twice`);
};

export const zone = (value: string): string => {
  must(
    IANAZone.isValidZone(value),
    'time zone',
    `time zone '${value.slice(0, 60)}' must be an IANA name such as Europe/Paris`,
  );
  return value;
};

/** kind:value, lower-case, as exclusions and targets name things. */
export const entity = (value: string, field: string): string =>
  matches(value.trim().toLowerCase(), /^[a-z][a-z-]*:\S(.*\S)?$/, field, "kind:value, such as 'host:web01'");

/** @returns the address without a closing slash. Credentials have no place in it. */
export const address = (value: string, field: string): string => {
  must(isUrl(value), field, `${field} must be a URL such as https://api.vendor.example`);
  const url = new URL(value);
  must(['http:', 'https:'].includes(url.protocol), field, `${field} must begin with https:// or http://`);
  must(
    url.username === '' && url.password === '' && url.search === '' && url.hash === '',
    field,
    `${field} must be without credentials, query and fragment`,
  );
  return value.replace(/\/+$/, '');
};

/** Beginnings of well-known credentials, and long runs of letters and digits as no name has them. */
const SECRET = /^(eyJ|sk[-_]|ghp_|xox[a-z]-|AKIA|ASIA|Bearer|Basic|SSWS|-----BEGIN)/i;
const RANDOM_RUN = /(?=[A-Za-z0-9+=]*\d)(?=[A-Za-z0-9+=]*[A-Za-z])[A-Za-z0-9+=]{32,}/;

/** The name under which the installation's secrets file keeps the tenant's secret, such as acme-edr. */
export const secretRef = (value: string): string => {
  // The value itself may be the secret: it is never repeated in the refusal.
  must(
    !SECRET.test(value.replace(/^[a-z-]+:/i, '')) && !RANDOM_RUN.test(value),
    'secret reference',
    'the secret reference looks like a secret: give the name under which the secret is kept, such as acme-edr',
  );
  must(
    isSecretReference(value),
    'secret reference',
    'the secret reference must be the name under which the secret is kept, such as acme-edr: a letter, then letters, digits and _ . / - (references such as env: and file: are not read)',
  );
  return value;
};
