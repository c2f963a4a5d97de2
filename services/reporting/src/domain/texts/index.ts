/** What reports say, by language; `words.ts` is the shape all of them have. */
import type { Language } from '#contracts';
import { en } from './en.js';
import { fr } from './fr.js';
import { ja } from './ja.js';
import type { ReportTexts } from './words.js';

export type { ReportLabel, ReportSectionId, ReportTexts, VerdictCounts } from './words.js';

const byLanguage: Record<Language, ReportTexts> = { EN: en, FR: fr, JA: ja };

export const textsOf = (language: Language): ReportTexts => byLanguage[language];
