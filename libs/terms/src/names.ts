/**
 * Names of hosts and users, and whether two of them are one.
 *
 * People, telemetry and vendors write one name in many ways: `web01`, `WEB01.acme.example.`, `ACME\alice`,
 * `alice@acme.example`.
 * `SAME` and `DIFFERENT` are sure; `PERHAPS` is doubt, and what to make of it is for whoever asks: doubt excludes, and
 * doubt loosens nothing.
 */
export type Likeness = 'SAME' | 'PERHAPS' | 'DIFFERENT';

/** Most names in telemetry are in that form already. */
const FOLDED = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/**
 * The form in which names are compared: compatibility forms and `%2e` resolved, without invisible characters,
 * lower-case, no white space around it, no dots at its end.
 */
export const foldName = (name: string): string => {
  if (FOLDED.test(name)) return name;
  const whole = name
    .replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/。/g, '.')
    .toLowerCase()
    .trim();
  let end = whole.length;
  while (end > 0 && /[.\s]/.test(whole[end - 1]!)) end -= 1;
  return whole.slice(0, end);
};

/** What every name has: a letter, a number or, as people are called in chats, a picture. */
const TELLING = /[\p{L}\p{N}\p{So}]/u;

/** Whether a text can be a name: marks, dots and what nobody sees name nobody, however it is written. */
export const isName = (text: string): boolean => TELLING.test(text.includes('%') ? foldName(text) : text);

/** An address says where a host was, not who it is: it is shared, translated and given to others. */
export const hostForm = (name: string): 'ADDRESS' | 'FULL' | 'SHORT' => {
  if (/^\d+(\.\d+){3}$/.test(name) || name.includes(':')) return 'ADDRESS';
  return name.includes('.') ? 'FULL' : 'SHORT';
};

/** @param name folded. @returns its first label; an address is whole. */
export const shortHost = (name: string): string => (hostForm(name) === 'FULL' ? (name.split('.')[0] ?? name) : name);

/** @param name folded. @returns it without its domain: `alice` of `acme\alice` and of `alice@acme.example`. */
export const shortUser = (name: string): string => {
  const account = name.slice(Math.max(name.lastIndexOf('\\'), name.lastIndexOf('/')) + 1);
  return account.split('@')[0] || account;
};

const userForm = (name: string): 'BARE' | 'DOWN_LEVEL' | 'PRINCIPAL' => {
  if (/[\\/]/.test(name)) return 'DOWN_LEVEL';
  return name.includes('@') ? 'PRINCIPAL' : 'BARE';
};

const likeness = (
  one: string,
  other: string,
  form: (name: string) => string,
  short: (name: string) => string,
): Likeness => {
  const [a, b] = [foldName(one), foldName(other)];
  if (a === '' || b === '') return 'DIFFERENT';
  if (a === b) return 'SAME';
  return form(a) !== form(b) && short(a) === short(b) ? 'PERHAPS' : 'DIFFERENT';
};

/** A short name may be every host whose full name begins with it; two full names are two hosts. */
export const sameHost = (one: string, other: string): Likeness => likeness(one, other, hostForm, shortHost);

/**
 * Names with different kinds of domain, or one without, may be one user; two of one kind with different domains are
 * two.
 */
export const sameUser = (one: string, other: string): Likeness => likeness(one, other, userForm, shortUser);

/** @param entity `kind:value`. @returns its two parts, folded. */
export const entityName = (entity: string): { kind: string; name: string } => {
  const colon = entity.indexOf(':');
  return { kind: foldName(entity.slice(0, Math.max(colon, 0))), name: foldName(entity.slice(colon + 1)) };
};
