import { createHash } from 'node:crypto';
import { idOf } from '#libs/model';
import type { Store } from '#libs/store';
import type { CallerScope } from '../domain/scope.js';

/** A repeated call with the same mutation id is the same request. */
export const requestIdOf = (
  { caller }: CallerScope,
  field: string,
  mutationId: string | null | undefined,
  random: () => string,
): string =>
  mutationId ? idOf('person', caller.side, caller.tenant ?? '', caller.subject, field, mutationId) : random();

/** Larger ones are made anew for a repeated call; their arguments are all there is to them. */
const REMEMBERED_BYTES = 262_144;
const NOTHING = Buffer.alloc(0);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const inOrder = (_key: string, value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, one]) => one !== null)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;

/**
 * What the arguments of a mutation want, in 32 bytes: the same whatever the order of names, and whether null or left
 * out.
 */
export const wantedBy = (args: object): string => {
  const { mutationId: _, ...wanted } = args as { mutationId?: unknown };
  return createHash('sha256').update(JSON.stringify(wanted, inOrder)).digest('base64url');
};

/**
 * The bytes to send for a request. A call repeated with its mutation id is the same request, byte for byte, also when
 * what it is made of has changed meanwhile: the time, a case, a policy.
 * @returns undefined when the mutation id was used for something else.
 */
export const asFirst = async (
  store: Pick<Store, 'first'>,
  { requestId, tenant, wanted }: { requestId: string; tenant: string; wanted?: string },
  value: Buffer,
): Promise<Buffer | undefined> => {
  if (wanted === undefined) return value;
  const kept = await store.first(tenant, requestId, {
    of: wanted,
    bytes: value.length > REMEMBERED_BYTES ? NOTHING : value,
  });
  if (kept.of !== wanted) return undefined;
  return kept.bytes.length > 0 ? kept.bytes : value;
};
