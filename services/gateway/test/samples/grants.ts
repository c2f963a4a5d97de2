import type { Role } from '#contracts';
import { idOf } from '#libs/model';
import { THEN, provider } from './ids.js';
import { type SampleFact } from './stream.js';

/** What somebody is granted, one version after the other. */
export const granting = (
  type: 'grant.given' | 'grant.revoked',
  version: number,
  subject: string,
  role: Role,
  tenants: string[],
): SampleFact => ({
  fact: { type, subject, role, tenants, by: provider, at: THEN },
  envelope: { id: idOf('grant', version), subject: 'grant/_operator', sequence: { version, index: 0, count: 1 } },
});
