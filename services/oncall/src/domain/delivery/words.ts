import type { DeliveryDue, DeliveryPurpose, Language, Severity } from '#contracts';

interface MailWords {
  severities: Partial<Record<Severity, string>>;
  aCase: (severity: string, tenant: string) => string;
  aQuestion: (tenant: string) => string;
  aReport: (tenant: string) => string;
  covers: string;
  read: string;
  about: string;
  asked: string;
  look: string;
}

const EN: MailWords = {
  severities: { MEDIUM: 'medium', HIGH: 'high', CRITICAL: 'critical', FATAL: 'fatal' },
  aCase: (severity, tenant) => `Security case of ${severity} severity at ${tenant}`,
  aQuestion: (tenant) => `Your agreement is needed at ${tenant}`,
  aReport: (tenant) => `The security report of ${tenant} is ready`,
  covers: 'It is about this period:',
  read: 'Please sign in to your portal to read it.',
  about: 'We are working on this case:',
  asked: 'We ask you this:',
  look: 'Please sign in to your portal to read and to answer. We never ask for agreement by a link.',
};
const FR: MailWords = {
  severities: { MEDIUM: 'moyenne', HIGH: 'élevée', CRITICAL: 'critique', FATAL: 'fatale' },
  aCase: (severity, tenant) => `Incident de sécurité de gravité ${severity} chez ${tenant}`,
  aQuestion: (tenant) => `Votre accord est nécessaire chez ${tenant}`,
  aReport: (tenant) => `Le rapport de sécurité de ${tenant} est prêt`,
  covers: 'Il porte sur cette période :',
  read: 'Connectez-vous à votre portail pour le lire.',
  about: 'Nous travaillons sur cet incident :',
  asked: 'Nous vous demandons ceci :',
  look: 'Connectez-vous à votre portail pour lire et répondre. Nous ne demandons jamais d’accord par un lien.',
};
const JA: MailWords = {
  severities: { MEDIUM: '中', HIGH: '高', CRITICAL: '重大', FATAL: '致命的' },
  aCase: (severity, tenant) => `${tenant}：重大度「${severity}」のセキュリティ案件`,
  aQuestion: (tenant) => `${tenant}：承認のお願い`,
  aReport: (tenant) => `${tenant}：セキュリティレポートのお知らせ`,
  covers: '対象期間：',
  read: 'ポータルにログインしてご覧ください。',
  about: '次の案件に対応しています。',
  asked: '次の件についてご判断をお願いします。',
  look: 'ポータルにログインして内容の確認とご回答をお願いします。リンクによる承認をお願いすることはありません。',
};
const WORDS: Partial<Record<Language, MailWords>> = { EN, FR, JA };

/** A mail in the contact's language: a subject without line breaks, and plain paragraphs. No secret, no link. */
export interface MailText {
  subject: string;
  paragraphs: string[];
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const headingOf = (words: MailWords, purpose: DeliveryPurpose, severity: Severity, name: string): string => {
  if (purpose === 'REPORT') return words.aReport(name);
  return purpose === 'APPROVAL' ? words.aQuestion(name) : words.aCase(words.severities[severity] ?? severity, name);
};

/** What stands before the title, and what the reader does. */
const leadOf = (words: MailWords, purpose: DeliveryPurpose): [string, string] => {
  if (purpose === 'REPORT') return [words.covers, words.read];
  return [purpose === 'APPROVAL' ? words.asked : words.about, words.look];
};

/** @param tenant its name and the prefix of its case numbers. */
export const mailText = (
  { purpose, severity, number, title, contact }: DeliveryDue,
  tenant: { name: string; prefix: string },
): MailText => {
  const words = WORDS[contact.language] ?? EN;
  const name = oneLine(tenant.name);
  const what = headingOf(words, purpose, severity, name);
  const [lead, look] = leadOf(words, purpose);
  const numbered = number > 0 ? `[${tenant.prefix}-${number}] ` : '';
  return {
    subject: `${numbered}${what}`,
    paragraphs: [what, ...(title ? [`${lead}\n${oneLine(title)}`] : []), look],
  };
};
