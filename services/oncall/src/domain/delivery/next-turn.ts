import { DateTime } from 'luxon';
import type { Contact } from '#contracts';
import { idOf } from '#libs/model';
import { DAY_MS, MINUTE_MS } from '#libs/terms';

/** Longest pause before each further round; how much of its second half is waited follows from the id. */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS];

/** Which contact is tried next, when (epoch ms), and how often all were gone through before. */
export interface DeliveryTurn {
  contact: number;
  at: number;
  round: number;
}

/** Where a delivery stands after what was tried. Indices of contacts. */
export interface Tried {
  /** In the present round. */
  inRound: readonly number[];
  /** Refused for good. */
  gone: readonly number[];
  round: number;
}

const minuteOf = (text: string): number => {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
};

/** When a call window is open next, from an instant on. Windows may go over midnight; an empty one is always open. */
export const opensAt = (window: string, from: number, zone: string): number => {
  const [start, end] = window.split('-').map(minuteOf);
  if (start === undefined || end === undefined || start === end) return from;
  const local = DateTime.fromMillis(from, { zone });
  const minute = local.hour * 60 + local.minute;
  const open = start < end ? minute >= start && minute < end : minute >= start || minute < end;
  if (open) return from;
  const opening = local.startOf('day').set({ hour: Math.floor(start / 60), minute: start % 60 });
  return (opening.toMillis() > from ? opening : opening.plus({ days: 1 })).toMillis();
};

/** Between half of the pause and the whole, the same for the same delivery and round. */
const pauseMs = (deliveryId: string, round: number): number => {
  const longest = PAUSES_MS[round] ?? DAY_MS;
  const share = Number.parseInt(idOf('pause', deliveryId, round).slice(0, 4), 16) / 0xffff;
  return Math.round((longest / 2) * (1 + share));
};

/**
 * Everybody who may be called now is tried in order, at once; then all again after a pause, the first within a minute,
 * each not before the own call window opens.
 * @returns undefined when nobody is left, or all was tried often enough.
 */
export const nextTurn = (
  deliveryId: string,
  contacts: readonly Pick<Contact, 'callWindow'>[],
  { inRound, gone, round }: Tried,
  { now, zone }: { now: number; zone: string },
): DeliveryTurn | undefined => {
  const left = contacts.flatMap(({ callWindow }, contact) => (gone.includes(contact) ? [] : [{ contact, callWindow }]));
  const soonest = (from: number) =>
    left
      .map(({ contact, callWindow }) => ({ contact, at: opensAt(callWindow, from, zone) }))
      .sort((a, b) => a.at - b.at || a.contact - b.contact);
  const here = soonest(now).find(({ contact, at }) => at === now && !inRound.includes(contact));
  if (here) return { ...here, round };
  const [first] = inRound.length === 0 ? soonest(now) : soonest(now + pauseMs(deliveryId, round));
  const next = inRound.length === 0 ? round : round + 1;
  return first && next <= PAUSES_MS.length ? { ...first, round: next } : undefined;
};
