/** What reactions hear, in short. */
import { finding } from './samples.js';

export const one = finding('a', 'host:ws6');
export const ada = { subject: 'ada', side: 'PROVIDER' } as const;
