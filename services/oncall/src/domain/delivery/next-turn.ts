import { DateTime } from 'luxon';
import type { Contact } from '#contracts';
import { idOf } from '#libs/model';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#libs/terms';

/** Longest pause before a contact is tried again; how much of its second half is waited follows from the id. */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS];
const LONGEST_PAUSE_MS = HOUR_MS;
/** At a contact, from the first on. */
const MAX_ATTEMPTS = PAUSES_MS.length + 1;
/** How long what never leaves is tried again: each daily call window is met once more. */
const UNSENT_FOR_MS = 2 * DAY_MS;

/** Which contact is tried next, when (epoch ms), and how often all were gone through before. */
export interface DeliveryTurn {
  contact: number;
  at: number;
  round: number;
}

/** What came of trying one contact. */
export interface Tried {
  /** Turns of the contact, and those of them that were attempts: what never left is none. */
  turns: number;
  attempts: number;
  /** The last one, epoch ms. */
  at: number;
  /** Was reached, refused for good, or cannot be sent anything. */
  isGone: boolean;
}

const NEVER: Tried = { turns: 0, attempts: 0, at: 0, isGone: false };

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

/** Between half of the pause and the whole, the same for the same delivery and count. */
const pauseMs = (deliveryId: string, turns: number): number => {
  const longest = PAUSES_MS[turns - 1] ?? LONGEST_PAUSE_MS;
  const share = Number.parseInt(idOf('pause', deliveryId, turns - 1).slice(0, 4), 16) / 0xffff;
  return Math.round((longest / 2) * (1 + share));
};

export interface DeliverySoFar {
  deliveryId: string;
  /** When the delivery was requested, epoch ms. */
  since: number;
  /** As they are registered now; undefined for who is no contact any more. */
  contacts: readonly (Pick<Contact, 'callWindow'> | undefined)[];
  /** By contact, as far as tried. */
  tried: readonly (Tried | undefined)[];
}

/**
 * Everybody who may be called now is tried in order, at once; then each again after a pause of the own, the first
 * within a minute, four times in all, and nobody before the own call window opens: who is called later has as many.
 * @returns undefined when nobody is left, or each was tried often enough.
 */
export const nextTurn = (
  { deliveryId, since, contacts, tried }: DeliverySoFar,
  { now, zone }: { now: number; zone: string },
): DeliveryTurn | undefined => {
  const left = contacts.flatMap((one, contact) => {
    const { turns, attempts, at: last, isGone } = tried[contact] ?? NEVER;
    if (!one || isGone || attempts >= MAX_ATTEMPTS) return [];
    const from = turns === 0 ? now : Math.max(now, last + pauseMs(deliveryId, turns));
    const at = opensAt(one.callWindow, from, zone);
    return turns > attempts && at > since + UNSENT_FOR_MS ? [] : [{ contact, at, turns }];
  });
  const [first] = [...left].sort((a, b) => a.at - b.at || a.contact - b.contact);
  return first && { contact: first.contact, at: first.at, round: Math.min(...left.map(({ turns }) => turns)) };
};
