import type {
  Actor,
  DeliveryDue,
  DeliveryFact,
  DeliveryOutcome,
  DeliveryPurpose,
  DeliveryRequested,
  Language,
} from '#contracts';
import { cut, firstAndLatest, type View } from '#libs/model';
import { isCall } from '#libs/terms';

/** One attempt at one contact, and what the other side, the network, or who called said of it. */
export interface DeliveryAttempt {
  turn: number;
  contact: string;
  channel: string;
  language: Language;
  outcome: DeliveryOutcome;
  said: string;
  by: Actor | null;
  at: number;
}

/** A call that waits for somebody of the provider. */
export interface OpenCall {
  turn: number;
  contact: string;
  /** The number to call. */
  phone: string;
  language: Language;
  since: number;
}

export interface DeliveryDoc {
  deliveryId: string;
  caseId: string;
  actionId: string;
  /** The recommendation that is reminded of; else empty. */
  recommendationId: string;
  purpose: DeliveryPurpose;
  title: string;
  requestedAt: number;
  /** The first and the latest. */
  attempts: DeliveryAttempt[];
  /** When a contact was first reached, and by which attempt. */
  delivered: DeliveryAttempt | null;
  /** Why nobody was reached. */
  failure: string | null;
  acknowledgedAt: number | null;
  acknowledgedBy: Actor | null;
  call: OpenCall | null;
  /** Whether there is a call, to be asked for. */
  calling: boolean;
}

const ATTEMPTS = 50;
const TITLE = 300;

const begin = ({
  deliveryId,
  caseId,
  actionId,
  recommendationId,
  purpose,
  title,
  at,
}: DeliveryRequested): DeliveryDoc => ({
  deliveryId,
  caseId,
  actionId,
  recommendationId: recommendationId ?? '',
  purpose,
  title: cut(title, TITLE),
  requestedAt: at,
  attempts: [],
  delivered: null,
  failure: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  call: null,
  calling: false,
});

const callOf = ({ turn, contact: { name, address, language, channel }, at }: DeliveryDue): OpenCall | null =>
  isCall(channel) ? { turn, contact: name, phone: address, language, since: at } : null;

const changed = (doc: DeliveryDoc, fact: DeliveryFact): Partial<DeliveryDoc> => {
  switch (fact.type) {
    case 'delivery.due':
      return { call: callOf(fact) };
    case 'delivery.attempted': {
      const { turn, contact, channel, language, outcome, said, by, at } = fact;
      const attempt = { turn, contact, channel, language, outcome, said, by: by ?? null, at };
      return {
        attempts: firstAndLatest([...doc.attempts, attempt], ATTEMPTS),
        delivered: doc.delivered ?? (outcome === 'ACCEPTED' ? attempt : null),
        call: null,
      };
    }
    case 'delivery.failed':
      return { failure: fact.reason, call: null };
    case 'delivery.acknowledged':
      return { acknowledgedAt: fact.at, acknowledgedBy: fact.by };
    case 'delivery.stopped':
      return { call: null };
    default:
      return {};
  }
};

/** Who was told of a case, a question, a report or advice, how, and what came of it. One stream feeds a document: facts come in order. */
export const deliveries: View<DeliveryDoc, DeliveryFact> & { indexes: string[] } = {
  name: 'deliveries',
  hears: [
    'delivery.acknowledged',
    'delivery.attempted',
    'delivery.due',
    'delivery.failed',
    'delivery.requested',
    'delivery.stopped',
  ],
  indexes: ['calling', 'caseId', 'recommendationId', 'requestedAt'],
  keys: ({ message }) => [message.deliveryId],
  show: (before, { message }) => {
    const doc = before ?? (message.type === 'delivery.requested' ? begin(message) : undefined);
    if (!doc) return undefined;
    const after = { ...doc, ...changed(doc, message) };
    return { ...after, calling: after.call !== null };
  },
};
