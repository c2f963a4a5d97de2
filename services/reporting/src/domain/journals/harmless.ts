import type { Verdict } from '#contracts';

const HARMLESS: readonly Verdict[] = ['FALSE_POSITIVE', 'BENIGN', 'TEST', 'DUPLICATE'];

/** Whether a verdict says that there was no attack. */
export const isHarmless = (verdict: Verdict): boolean => HARMLESS.includes(verdict);
