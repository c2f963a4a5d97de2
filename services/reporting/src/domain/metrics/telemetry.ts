import type { ReceiptJournal } from '../journals/index.js';
import type { Period } from '../report/period.js';

const SLOT_MS = 900_000;

export interface ReceivedTotals {
  messages: number;
  accepted: number;
  dead: number;
  bytes: number;
}

/**
 * Quarters of an hour that the period touches: exact for bounds on a quarter, as local midnights are in every time
 * zone.
 */
const slotsIn = ({ slots }: ReceiptJournal, { from, to }: Period): ReceiptJournal['slots'] =>
  slots.filter(({ slot }) => slot >= Math.floor(from / SLOT_MS) && slot * SLOT_MS < to);

/** Ranges that lie in these quarters and not in the period: known by themselves while they are among the latest. */
const outside = ({ tail }: ReceiptJournal, { from, to }: Period): ReceiptJournal['tail'] =>
  tail.filter(
    ({ at }) =>
      (at < from && at >= Math.floor(from / SLOT_MS) * SLOT_MS) || (at >= to && at < Math.ceil(to / SLOT_MS) * SLOT_MS),
  );

/** What was received in the period; null when nothing was. */
export const receivedIn = (docs: ReceiptJournal[], period: Period): ReceivedTotals | null => {
  const counted = docs.flatMap((doc) => slotsIn(doc, period));
  const uncounted = docs.flatMap((doc) => outside(doc, period));
  const sum = (of: keyof ReceivedTotals): number =>
    counted.reduce((total, one) => total + one[of], 0) - uncounted.reduce((total, one) => total + one[of], 0);
  const received = { messages: sum('messages'), accepted: sum('accepted'), dead: sum('dead'), bytes: sum('bytes') };
  return received.messages > 0 ? received : null;
};

/**
 * Quarter of an hour (its beginning, epoch ms) in which the source last sent an event before `to`; null when it never
 * did.
 */
export const lastReceived = (docs: ReceiptJournal[], to: number): number | null => {
  const slots = docs.flatMap((doc) => {
    const later = outside(doc, { from: 0, to }).reduce((sum, { accepted }) => sum + accepted, 0);
    const acceptedIn = ({ slot, accepted }: ReceiptJournal['slots'][number]): number =>
      accepted - ((slot + 1) * SLOT_MS > to ? later : 0);
    return slotsIn(doc, { from: 0, to }).filter((one) => acceptedIn(one) > 0);
  });
  return slots.length ? Math.max(...slots.map(({ slot }) => slot)) * SLOT_MS : null;
};
