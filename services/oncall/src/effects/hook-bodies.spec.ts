import { contactOf, dueTo, THEN } from '../../test/samples.js';
import { HOOK_BODIES } from './hook-bodies.js';

const due = { ...dueTo(contactOf('carol', { channel: 'slack', address: 'soc-hook' })), title: 'T' };
const text = { subject: 'A <case> & more', paragraphs: ['[look](https://evil.example) *now*'] };
const bodyFor = (channel: string): string => JSON.stringify(HOOK_BODIES[channel]?.(due, text, 'acme'));

it('is JSON of our own for a webhook, the same at each attempt', () => {
  expect(JSON.parse(bodyFor('webhook'))).toMatchObject({ type: 'case', caseId: 'c', tenant: 'acme', number: 1001 });
  expect(JSON.stringify(HOOK_BODIES.webhook?.({ ...due, turn: 2, at: THEN + 1 }, text, 'acme'))).toBe(
    bodyFor('webhook'),
  );
});
it('is plain text for Slack, markup escaped', () => {
  expect(JSON.parse(bodyFor('slack'))).toMatchObject({
    text: 'A &lt;case&gt; &amp; more',
    blocks: [{ type: 'section', text: { type: 'plain_text', text: text.paragraphs[0] } }],
  });
});
it('is a card of text runs for Teams, which know no markup', () => {
  expect(bodyFor('teams')).toContain('"type":"TextRun","text":"[look](https://evil.example) *now*"');
  expect(bodyFor('teams')).not.toMatch(/"TextBlock"/);
});
it.each(['webhook', 'slack', 'teams'])('names no address of a contact: %s', (channel) =>
  expect(bodyFor(channel)).not.toContain('soc-hook'),
);
