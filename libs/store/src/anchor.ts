import { createHash } from 'node:crypto';
import type { AnchorMade } from '#contracts';
import { Refused, type Decider } from '#libs/model';
import { ANCHORS } from './census.js';
import type { Anchor, SignedAnchor } from './port-chain.js';

/** Asks the store itself for an anchor that was made and signed; nobody else can. */
export type MakeAnchor = Omit<AnchorMade, 'type'> & { type: 'anchor.make' };

/** Day of a moment, UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** What an anchor says of the one before it. */
export const linkTo = (before: { signature: string } | undefined): string =>
  before ? createHash('sha256').update(before.signature).digest('hex') : '';

/** Anchors of one service, tenant and subject, one a day, each number once. */
export const anchorStream: Decider<{ number: number; day: string }, MakeAnchor, AnchorMade> = {
  subject: ANCHORS,
  version: 1,
  key: ({ service, subject }) => `${service}.${subject}`,
  initial: () => ({ number: 0, day: '' }),
  evolve: (_state, { number, day }) => ({ number, day }),
  decide: (request, { number, day }) => {
    if (request.number !== number + 1 || request.day <= day)
      throw new Refused('another anchor was made before this one', 'NOT_NEXT');
    return [{ ...request, type: 'anchor.made' }];
  },
};

/** An anchor as it stands in its signed statement. @returns undefined when that is not one. */
export const anchorIn = (statement: object | undefined, signature: string): SignedAnchor | undefined => {
  const { service, tenant, subject, day, number, at, run, streams, commits, root, previous } = (statement ??
    {}) as Partial<Anchor>;
  const texts = [service, tenant, subject, day, run, root, previous];
  if (
    !texts.every((one) => typeof one === 'string') ||
    ![number, at, streams, commits].every((one) => typeof one === 'number')
  )
    return undefined;
  return {
    service,
    tenant,
    subject,
    day,
    number,
    at,
    run,
    streams,
    commits,
    root,
    previous,
    signature,
  } as SignedAnchor;
};
