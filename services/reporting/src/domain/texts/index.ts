/** What reports say, by language; `report-texts.ts` is the shape all of them have. */
import type { Language } from '#contracts';
import { en } from './en/index.js';
import { fr } from './fr/index.js';
import { ja } from './ja/index.js';
import type { ReportTexts } from './report-texts.js';

export type { ReportSectionId, ReportTexts, VerdictCounts } from './report-texts.js';

const byLanguage: Record<Language, ReportTexts> = { EN: en, FR: fr, JA: ja };

export const textsOf = (language: Language): ReportTexts => byLanguage[language];
