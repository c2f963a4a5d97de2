import { DateTime } from 'luxon';
import type { DeliveryDue, DeliveryPurpose, Language, Severity } from '#contracts';

/** What stands before a title, and what the reader does. */
interface MailLeads {
  about: string;
  asked: string;
  look: string;
  covers: string;
  read: string;
  advised: string;
  answer: string;
}

interface MailWords extends MailLeads {
  /** How days are written, BCP 47. */
  locale: string;
  severities: Partial<Record<Severity, string>>;
  aCase: (severity: string, tenant: string) => string;
  aQuestion: (tenant: string) => string;
  aReport: (tenant: string) => string;
  aReminder: (tenant: string) => string;
  /** @param day as the language writes it. */
  until: (day: string) => string;
}

const EN: MailWords = {
  locale: 'en-GB',
  severities: { MEDIUM: 'medium', HIGH: 'high', CRITICAL: 'critical', FATAL: 'fatal' },
  aCase: (severity, tenant) => `Security case of ${severity} severity at ${tenant}`,
  aQuestion: (tenant) => `Your agreement is needed at ${tenant}`,
  aReport: (tenant) => `The security report of ${tenant} is ready`,
  aReminder: (tenant) => `A recommendation to ${tenant} is open`,
  covers: 'It is about this period:',
  read: 'Please sign in to your portal to read it.',
  about: 'We are working on this case:',
  asked: 'We ask you this:',
  look: 'Please sign in to your portal to read and to answer. We never ask for agreement by a link.',
  advised: 'We recommended this, and it is open still:',
  until: (day) => `Due date: ${day}.`,
  answer:
    'Please sign in to your portal to say that it is done, or that you accept the risk. No link does that for you.',
};
const FR: MailWords = {
  locale: 'fr-FR',
  severities: { MEDIUM: 'moyenne', HIGH: 'élevée', CRITICAL: 'critique', FATAL: 'fatale' },
  aCase: (severity, tenant) => `Incident de sécurité de gravité ${severity} chez ${tenant}`,
  aQuestion: (tenant) => `Votre accord est nécessaire chez ${tenant}`,
  aReport: (tenant) => `Le rapport de sécurité de ${tenant} est prêt`,
  aReminder: (tenant) => `Une recommandation à ${tenant} reste ouverte`,
  covers: 'Il porte sur cette période :',
  read: 'Connectez-vous à votre portail pour le lire.',
  about: 'Nous travaillons sur cet incident :',
  asked: 'Nous vous demandons ceci :',
  look: 'Connectez-vous à votre portail pour lire et répondre. Nous ne demandons jamais d’accord par un lien.',
  advised: 'Nous vous avons recommandé ceci, et cela reste à faire :',
  until: (day) => `Échéance : ${day}.`,
  answer:
    'Connectez-vous à votre portail pour dire que c’est fait, ou que vous acceptez le risque. Aucun lien ne le fait.',
};
const JA: MailWords = {
  locale: 'ja-JP',
  severities: { MEDIUM: '中', HIGH: '高', CRITICAL: '重大', FATAL: '致命的' },
  aCase: (severity, tenant) => `${tenant}：重大度「${severity}」のセキュリティ案件`,
  aQuestion: (tenant) => `${tenant}：承認のお願い`,
  aReport: (tenant) => `${tenant}：セキュリティレポートのお知らせ`,
  aReminder: (tenant) => `${tenant}：未完了の推奨事項のお知らせ`,
  covers: '対象期間：',
  read: 'ポータルにログインしてご覧ください。',
  about: '次の案件に対応しています。',
  asked: '次の件についてご判断をお願いします。',
  look: 'ポータルにログインして内容の確認とご回答をお願いします。リンクによる承認をお願いすることはありません。',
  advised: '次の推奨事項がまだ完了していません。',
  until: (day) => `期限：${day}`,
  answer: 'ポータルにログインして、完了またはリスクの受容をご回答ください。リンクで回答をお願いすることはありません。',
};
const WORDS: Partial<Record<Language, MailWords>> = { EN, FR, JA };

/** A mail in the contact's language: a subject without line breaks, and plain paragraphs. No secret, no link. */
export interface MailText {
  subject: string;
  paragraphs: string[];
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const headingOf = (words: MailWords, { purpose, severity }: DeliveryDue, name: string): string => {
  switch (purpose) {
    case 'REPORT':
      return words.aReport(name);
    case 'APPROVAL':
      return words.aQuestion(name);
    case 'REMINDER':
      return words.aReminder(name);
    default:
      return words.aCase(words.severities[severity] ?? severity, name);
  }
};

/** What stands before the title, and what the reader does. */
const LEADS: Readonly<Record<DeliveryPurpose, [keyof MailLeads, keyof MailLeads]>> = {
  CASE: ['about', 'look'],
  APPROVAL: ['asked', 'look'],
  REPORT: ['covers', 'read'],
  REMINDER: ['advised', 'answer'],
};

/** Until when it is to be done, as whoever reads it writes a day. */
const untilWhen = (words: MailWords, { until }: DeliveryDue, zone: string): string[] => {
  if (typeof until !== 'number') return [];
  const day = DateTime.fromMillis(until, { zone }).setLocale(words.locale).toLocaleString(DateTime.DATE_FULL);
  return [words.until(day)];
};

/** @param tenant its name, the prefix of its case numbers, and its time zone. */
export const mailText = (due: DeliveryDue, tenant: { name: string; prefix: string; timeZone: string }): MailText => {
  const { purpose, number, title, contact } = due;
  const words = WORDS[contact.language] ?? EN;
  const name = oneLine(tenant.name);
  const what = headingOf(words, due, name);
  const [lead, look] = LEADS[purpose];
  const numbered = number > 0 ? `[${tenant.prefix}-${number}] ` : '';
  return {
    subject: `${numbered}${what}`,
    paragraphs: [
      what,
      ...(title ? [`${words[lead]}\n${oneLine(title)}`] : []),
      ...untilWhen(words, due, tenant.timeZone),
      words[look],
    ],
  };
};
