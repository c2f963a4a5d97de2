import type { DeliveryDue } from '#contracts';
import type { MailText } from '../domain/delivery/words.js';

/** What a webhook is sent, in the shape that its reader wants. Text is plain in each: nothing in it is markup. */
export type HookBody = (due: DeliveryDue, text: MailText, tenant: string) => object;

/** Our own shape. The same for every attempt: the time of sending is in a header. */
const webhook: HookBody = (due, { subject, paragraphs }, tenant) => {
  const { deliveryId, caseId, actionId, recommendationId, purpose, number, severity, title, contact } = due;
  const about = {
    tenant,
    caseId,
    actionId: actionId || null,
    recommendationId: recommendationId || null,
    number,
    severity,
    title,
  };
  return { type: purpose.toLowerCase(), deliveryId, ...about, language: contact.language, subject, text: paragraphs };
};

/** An incoming webhook of Slack; `text` is what notifications show, so its three signs of markup are escaped. */
const slack: HookBody = (_due, { subject, paragraphs }) => ({
  text: subject.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  blocks: paragraphs.map((text) => ({ type: 'section', text: { type: 'plain_text', text, emoji: false } })),
});

/** A workflow's webhook of Teams: one adaptive card of text runs, which know no markup. */
const teams: HookBody = (_due, { subject, paragraphs }) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: [subject, ...paragraphs].map((text, index) => ({
          type: 'RichTextBlock',
          inlines: [{ type: 'TextRun', text, weight: index === 0 ? 'Bolder' : 'Default' }],
        })),
      },
    },
  ],
});

export const HOOK_BODIES: Readonly<Record<string, HookBody>> = { webhook, slack, teams };
