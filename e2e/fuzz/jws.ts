import fc from 'fast-check';
import { Unreadable } from '#libs/model';
import { changedText, edits } from './bytes.js';
import type { Fuzz } from './fuzz.js';
import { openSigning, type Signing } from './signing.js';

const coded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString('base64url');
const decoded = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;

/** One part of the token changed as JSON: fields gone, other values, other algorithms. */
const rewritten = (good: string, part: 0 | 1, field: string, value: unknown): string => {
  const parts = good.split('.');
  const content = { ...decoded(parts[part] ?? ''), [field]: value };
  return parts.map((text, index) => (index === part ? coded(content) : text)).join('.');
};

const field = fc.constantFrom(
  'alg',
  'kid',
  'crit',
  'b64',
  'jwk',
  'typ',
  'zip',
  'sub',
  'side',
  'roles',
  'tenant',
  'rid',
  'exp',
  'type',
  'basedOn',
  'digest',
  'value',
);
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    'none',
    'HS256',
    'EdDSA',
    'gateway',
    'cases',
    null,
    [],
    {},
    -1,
    1e308,
    '__proto__',
    ['b64'],
    false,
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/**
 * One signature can be written in several ways, the last bits of its last letter being nobody's: that is the same
 * token.
 */
const isSame = (good: string, token: string | undefined): boolean => {
  const at = good.lastIndexOf('.') + 1;
  const [mine, other] = [good.slice(at), token?.slice(at) ?? ''].map((one) => Buffer.from(one, 'base64url'));
  return token?.slice(0, at) === good.slice(0, at) && mine?.equals(other ?? Buffer.alloc(0)) === true;
};

/** Every token but the good one: changed text, changed JSON, parts of another, junk. */
const wrong = (good: string): fc.Arbitrary<string | undefined> =>
  fc
    .oneof(
      edits.map((changes) => changedText(good, changes)),
      fc
        .tuple(fc.constantFrom<0 | 1>(0, 1), field, anything)
        .map(([part, name, value]) => rewritten(good, part, name, value)),
      fc.array(fc.string({ maxLength: 20 }).map(coded), { maxLength: 6 }).map((parts) => parts.join('.')),
      fc.tuple(anything, anything).map(([head, body]) => `${coded(head)}.${coded(body)}.${good.split('.')[2]}`),
      fc.string({ maxLength: 200 }),
      fc.constantFrom(undefined, '', '.', '..', `${good}.`, `.${good}`, good.repeat(50)),
    )
    .filter((token) => !isSame(good, token));

/** @throws Error when a token is believed, or refused with another error. */
const refused = async ({ verify }: Signing, token: string | undefined): Promise<void> => {
  const thrown = await verify(token).then(
    () => undefined,
    (error: unknown) => error ?? new Error('an empty error'),
  );
  if (thrown === undefined) throw new Error('a token was believed that nobody signed');
  if (!(thrown instanceof Unreadable)) throw thrown;
};

/**
 * Signed actors of requests: nothing but the token that was signed is believed, and whatever else comes is Unreadable.
 */
export const jws: Fuzz = {
  name: 'jws',
  runs: 1_500,
  run: async ({ runs, seed }) => {
    const signing = await openSigning();
    await signing.verify(signing.good);
    await fc.assert(
      fc.asyncProperty(wrong(signing.good), (token) => refused(signing, token)),
      { numRuns: runs, seed },
    );
  },
};
