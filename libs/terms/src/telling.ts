import type { CaseCustomerNotified } from '#contracts';

/**
 * Whether a customer was told, and not only to be: an earlier release wrote the same fact when a case was opened,
 * before anything was sent. People say what they did; the service says when it was delivered.
 */
export const wasTold = ({ by, occurredAt }: Pick<CaseCustomerNotified, 'by' | 'occurredAt'>): boolean =>
  by.side !== 'SYSTEM' || typeof occurredAt === 'number';
