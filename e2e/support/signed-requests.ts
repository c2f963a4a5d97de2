import { fromRecord, type OutRecord } from '#libs/events';
import { Unreadable, type Typed } from '#libs/model';
import { openKeys, signedRecord, type Authority, type Keys, type UnsignedRequest } from '#libs/service';
import { newKeyPair } from '../../cli/src/index.js';

/** The time at which everything here is asked. */
export const NOW = Date.UTC(2026, 10, 2, 10, 0);

/**
 * Keys of services that trust each other, made anew.
 * @returns the keys of one of them; with an authority of its own it signs what that says, as one who took the key
 * would.
 */
export const trusting = async (
  ...services: string[]
): Promise<(service: string, authority?: Authority) => Promise<Keys>> => {
  const pairs = await Promise.all(services.map(newKeyPair));
  const TRUSTED_KEYS = { keys: pairs.map((pair) => pair.public) };
  return (service, authority) =>
    openKeys(
      { SERVICE_SIGNING_KEY: pairs.find(({ secret }) => secret.kid === service)?.secret, TRUSTED_KEYS } as Parameters<
        typeof openKeys
      >[0],
      authority,
    );
};

/** What a customer's approver asks through the gateway. */
export const asApprover = (request: Typed, rest: Partial<UnsignedRequest> = {}): UnsignedRequest => ({
  envelope: { id: 'one-id', tenant: 'acme', source: 'gateway', time: NOW },
  request,
  actor: { subject: 'zoe', side: 'CUSTOMER' },
  roles: ['CUSTOMER_APPROVER'],
  expiresAt: NOW + 30_000,
  ...rest,
});

/** What a service asks as itself. */
export const asService = (service: string, request: Typed): UnsignedRequest =>
  asApprover(request, {
    envelope: { id: 'one-id', tenant: 'acme', source: service, time: NOW },
    actor: { subject: service, side: 'SYSTEM' },
    roles: ['SERVICE'],
  });

/** Another request's record under the signature of this one. */
export const under = (signed: OutRecord, record: OutRecord): OutRecord => ({
  ...record,
  headers: { ...record.headers, ce_actor: signed.headers['ce_actor'] ?? '' },
});

/** Whether the service with these keys takes the record for what was signed. */
export const takes = async (keys: Keys, record: OutRecord): Promise<boolean> => {
  try {
    await keys.verify({
      ...fromRecord({ ...record, partition: 0, offset: '0', timestamp: NOW }),
      value: record.value,
      now: NOW,
    });
    return true;
  } catch (error) {
    if (error instanceof Unreadable) return false;
    throw error;
  }
};

export { signedRecord };
