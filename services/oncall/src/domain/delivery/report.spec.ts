import { play } from '../../../test/play-delivery.js';
import { contactOf, THEN } from '../../../test/samples.js';
import { mailText } from './words.js';

const reader = (subject: string, channel = 'mail') => contactOf(subject, { kind: 'REPORT', channel });
const report = { caseId: '', purpose: 'REPORT', number: 0, title: '2026-10-26 – 2026-11-01' } as const;

describe('a report that is ready', () => {
  it('is told to everybody who gets reports, each once, and to nobody else', () => {
    const contacts = [contactOf('carol'), reader('rita'), reader('rob'), reader('rose', 'phone')];
    const { tried, facts } = play(contacts, () => 'ACCEPTED', report);
    expect(tried).toEqual([
      ['rita', 0],
      ['rob', 0],
    ]);
    expect(facts.filter(({ type }) => type === 'delivery.delivered')).toHaveLength(2);
  });
  it('is not said to be delivered where nobody gets reports', () =>
    expect(play([contactOf('carol')], () => 'ACCEPTED', report).facts.map(({ type }) => type)).toEqual([
      'delivery.requested',
      'delivery.failed',
    ]));
  it('is told in the language of the reader, without a figure and without a link', () => {
    const about = {
      type: 'delivery.due',
      deliveryId: 'd',
      actionId: '',
      severity: 'UNKNOWN',
      turn: 1,
      at: THEN,
    } as const;
    const contact = { ...reader('rita'), language: 'FR' as const };
    const { subject, paragraphs } = mailText(
      { ...about, ...report, contact },
      {
        name: 'Boréal',
        prefix: 'BOR',
        timeZone: 'UTC',
      },
    );
    expect([subject, ...paragraphs]).toEqual([
      'Le rapport de sécurité de Boréal est prêt',
      'Le rapport de sécurité de Boréal est prêt',
      'Il porte sur cette période :\n2026-10-26 – 2026-11-01',
      'Connectez-vous à votre portail pour le lire.',
    ]);
  });
});
