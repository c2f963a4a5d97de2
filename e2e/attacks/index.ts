import type { Attack } from './attack.js';
import { secretOfAnotherTenant } from './secret-of-another-tenant.js';
import { secretToAnotherOrigin } from './secret-to-another-origin.js';
import { tokenOfTheOtherSide } from './token-of-the-other-side.js';
import { unsignedRequest } from './unsigned-request.js';

/** Sorted by name; one for each file. */
export const attacks: readonly Attack[] = [
  secretOfAnotherTenant,
  secretToAnotherOrigin,
  tokenOfTheOtherSide,
  unsignedRequest,
];
