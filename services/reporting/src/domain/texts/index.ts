/** What reports say, by language; `words.ts` is the shape all of them have. */
import type { Language } from '#contracts';
import { en } from './en.js';
import { fr } from './fr.js';
import { ja } from './ja.js';
import type { Texts } from './words.js';

export type { Label, SectionId, Texts, VerdictCounts } from './words.js';

const byLanguage: Record<Language, Texts> = { EN: en, FR: fr, JA: ja };

export const textsOf = (language: Language): Texts => byLanguage[language];
