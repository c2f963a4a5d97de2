import type { DeliveryDue, Language, Severity } from '#contracts';

interface MailWords {
  severities: Partial<Record<Severity, string>>;
  aCase: (severity: string, tenant: string) => string;
  aQuestion: (tenant: string) => string;
  about: string;
  asked: string;
  look: string;
}

const EN: MailWords = {
  severities: { MEDIUM: 'medium', HIGH: 'high', CRITICAL: 'critical', FATAL: 'fatal' },
  aCase: (severity, tenant) => `Security case of ${severity} severity at ${tenant}`,
  aQuestion: (tenant) => `Your agreement is needed at ${tenant}`,
  about: 'We are working on this case:',
  asked: 'We ask you this:',
  look: 'Please sign in to your portal to read and to answer. We never ask for agreement by a link.',
};
const FR: MailWords = {
  severities: { MEDIUM: 'moyenne', HIGH: 'élevée', CRITICAL: 'critique', FATAL: 'fatale' },
  aCase: (severity, tenant) => `Incident de sécurité de gravité ${severity} chez ${tenant}`,
  aQuestion: (tenant) => `Votre accord est nécessaire chez ${tenant}`,
  about: 'Nous travaillons sur cet incident :',
  asked: 'Nous vous demandons ceci :',
  look: 'Connectez-vous à votre portail pour lire et répondre. Nous ne demandons jamais d’accord par un lien.',
};
const JA: MailWords = {
  severities: { MEDIUM: '中', HIGH: '高', CRITICAL: '重大', FATAL: '致命的' },
  aCase: (severity, tenant) => `${tenant}：重大度「${severity}」のセキュリティ案件`,
  aQuestion: (tenant) => `${tenant}：承認のお願い`,
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

/** @param tenant its name and the prefix of its case numbers. */
export const mailText = (
  { purpose, severity, number, title, contact }: DeliveryDue,
  tenant: { name: string; prefix: string },
): MailText => {
  const words = WORDS[contact.language] ?? EN;
  const name = oneLine(tenant.name);
  const what =
    purpose === 'APPROVAL' ? words.aQuestion(name) : words.aCase(words.severities[severity] ?? severity, name);
  const numbered = number > 0 ? `[${tenant.prefix}-${number}] ` : '';
  return {
    subject: `${numbered}${what}`,
    paragraphs: [
      what,
      ...(title ? [`${purpose === 'APPROVAL' ? words.asked : words.about}\n${oneLine(title)}`] : []),
      words.look,
    ],
  };
};
