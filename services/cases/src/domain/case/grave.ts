import type { Severity } from '#contracts';
import { isAtLeast } from '#libs/terms';

/** Whether `to` says less of a case that is HIGH or above. */
export const lowersGrave = (from: Severity, to: Severity): boolean => isAtLeast(from, 'HIGH') && !isAtLeast(to, from);
