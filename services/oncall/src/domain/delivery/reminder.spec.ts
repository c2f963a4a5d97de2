import type { Contact, DeliveryDue } from '#contracts';
import { begin, play } from '../../../test/play-delivery.js';
import { contactOf, THEN } from '../../../test/samples.js';
import { mailText } from './words.js';

const reminder = {
  caseId: '',
  recommendationId: 'r1',
  purpose: 'REMINDER',
  severity: 'UNKNOWN',
  number: 0,
  title: 'Patch it',
  until: THEN,
} as const;
const remind = (contacts: Contact[], to: string[] = ['Dan']) => play(contacts, () => 'ACCEPTED', { ...reminder, to });
const [carol, eve] = [contactOf('carol'), contactOf('eve')];
const dan = contactOf('dan', { name: 'Dan', kind: 'SERVICE_REVIEW' });

describe('a reminder of what was recommended', () => {
  it('goes to who is to see to it, whatever they are a contact for, and to nobody else', () =>
    expect(remind([carol, dan], [' dan ']).tried).toEqual([['dan', 0]]));
  it('goes to the contacts for incidents where that is none, until one is reached', () => {
    expect(remind([carol, eve, dan], ['IT department']).tried).toEqual([['carol', 0]]);
    expect(remind([carol, eve], []).tried).toEqual([['carol', 0]]);
  });
  it('goes to them as well where who is to see to it only looks into the portal, or has a telephone alone', () => {
    const ways = ['portal', 'phone'].map((channel) => ({ ...dan, channel }));
    expect(remind([...ways, carol]).tried).toEqual([['carol', 0]]);
  });
  it('is no reason to call anybody', () => {
    const { facts } = remind([contactOf('eve', { channel: 'phone' })]);
    expect(facts.map(({ type }) => type)).toEqual(['delivery.requested', 'delivery.failed']);
  });
  it('is sent no more once it is settled', () => {
    const { ask, state } = begin([carol], reminder);
    expect(ask({ type: 'delivery.stop', deliveryId: 'd', reason: 'done' }, THEN)).toMatchObject([
      { type: 'delivery.stopped' },
    ]);
    expect(ask({ type: 'delivery.try', deliveryId: 'd', turn: state().turn }, THEN)).toEqual([]);
  });
  it.each([
    ['EN', ['A recommendation to Boréal is open', 'still:\nPatch it', 'Due date: 2 November 2026.', 'No link does']],
    ['FR', ['Une recommandation à Boréal', 'reste à faire :\nPatch it', 'Échéance : 2 novembre 2026.', 'Aucun lien']],
    ['JA', ['Boréal：未完了の推奨事項', 'いません。\nPatch it', '期限：2026年11月2日', 'リンクで回答']],
  ] as const)('says in %s what was recommended and until when, and that no link answers', (language, parts) => {
    const { facts } = remind([{ ...dan, language }]);
    const due = facts.find((fact): fact is DeliveryDue => fact.type === 'delivery.due');
    expect(due).toMatchObject({ recommendationId: 'r1', until: THEN });
    const { paragraphs } = mailText(due as DeliveryDue, { name: 'Boréal', prefix: 'BOR', timeZone: 'Europe/Paris' });
    parts.forEach((part, index) => expect(paragraphs[index]).toContain(part));
    expect(paragraphs.join()).not.toMatch(/https?:/);
  });
});
