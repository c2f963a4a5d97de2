import type { ReceiptJournal } from '../journals.js';
import type { Period } from '../period.js';

const SLOT_MS = 900_000;

export interface Received {
  messages: number;
  accepted: number;
  dead: number;
  bytes: number;
}

/** Quarters of an hour that begin in the period: exact for bounds on a quarter, as local midnights are in every time zone. */
const slotsIn = ({ slots }: ReceiptJournal, { from, to }: Period): ReceiptJournal['slots'] =>
  slots.filter(({ slot }) => slot >= Math.floor(from / SLOT_MS) && slot * SLOT_MS < to);

/** What was received in the period; null when nothing was. */
export const receivedIn = (docs: ReceiptJournal[], period: Period): Received | null => {
  const slots = docs.flatMap((doc) => slotsIn(doc, period));
  if (slots.length === 0) return null;
  const sum = (of: keyof Received): number => slots.reduce((total, slot) => total + slot[of], 0);
  return { messages: sum('messages'), accepted: sum('accepted'), dead: sum('dead'), bytes: sum('bytes') };
};

/** Quarter of an hour (its beginning, epoch ms) in which the source last sent an event before `to`; null when it never did. */
export const lastReceived = (docs: ReceiptJournal[], to: number): number | null => {
  const slots = docs.flatMap((doc) => doc.slots.filter(({ slot, accepted }) => accepted > 0 && slot * SLOT_MS < to));
  return slots.length ? Math.max(...slots.map(({ slot }) => slot)) * SLOT_MS : null;
};
