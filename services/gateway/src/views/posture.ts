import type { Actor, PostureFact, PostureObserved, PostureOpened } from '#contracts';
import { firstAndLatest, type View } from '#libs/model';
import {
  isPostureNews,
  NO_POSTURE,
  postureAfter,
  postureStanding,
  type PostureFold,
  type PostureStanding,
} from '#libs/terms';

/** Entries of an item that are kept: the first, and the latest. */
const HISTORY = 200;
const EVIDENCE = 20;

/** One thing about configuration or coverage, with all that became of it. */
export interface PostureDoc extends Pick<PostureOpened, 'severity' | 'recommendation' | 'owner'> {
  postureId: string;
  check: string;
  subject: string;
  title: string;
  dueAt: number | null;
  fold: PostureFold;
  standing: PostureStanding;
  /** What was seen, the latest last. */
  evidence: Pick<PostureObserved, 'isPresent' | 'since' | 'figures' | 'at'>[];
  acceptedRisk: { by: Actor; reason: string; at: number } | null;
  history: { kind: string; text: string; by: Actor | null; at: number }[];
  openedAt: number;
}

const begin = ({ postureId, check, subject, title, at }: PostureOpened): PostureDoc => ({
  ...{ postureId, check, subject, title, severity: 'UNKNOWN', recommendation: '', owner: '', dueAt: null },
  ...{ fold: NO_POSTURE, standing: 'OPEN', evidence: [], acceptedRisk: null, history: [], openedAt: at },
});

type Entry = PostureDoc['history'][number];

const entryOf = (fact: PostureFact): Entry => {
  const { at } = fact;
  if (fact.type === 'posture.observed')
    return { kind: fact.isPresent ? 'SEEN_WRONG' : 'SEEN_RIGHT', text: '', by: null, at };
  const kind = fact.type.slice('posture.'.length).toUpperCase().replaceAll('-', '_');
  const text = 'reason' in fact ? fact.reason : '';
  return { kind, text, by: fact.by, at };
};

const changed = (doc: PostureDoc, fact: PostureFact): Partial<PostureDoc> => {
  switch (fact.type) {
    case 'posture.opened':
    case 'posture.changed': {
      const { severity, recommendation, owner, dueAt = null } = fact;
      return { severity, recommendation, owner, dueAt };
    }
    case 'posture.observed': {
      const { isPresent, since, figures, at } = fact;
      return { evidence: [...doc.evidence, { isPresent, since, figures, at }].slice(-EVIDENCE) };
    }
    case 'posture.risk-accepted': {
      const { by, reason, at } = fact;
      return { acceptedRisk: { by, reason, at } };
    }
    case 'posture.reopened':
    case 'posture.resolved':
      return {};
  }
};

/** Posture items; one stream feeds a document. */
export const posture: View<PostureDoc, PostureFact> & { indexes: string[] } = {
  name: 'posture',
  hears: [
    'posture.opened',
    'posture.observed',
    'posture.changed',
    'posture.risk-accepted',
    'posture.resolved',
    'posture.reopened',
  ],
  indexes: ['openedAt', 'standing'],
  keys: ({ message }) => [message.postureId],
  show: (before, { message }) => {
    const doc = before ?? (message.type === 'posture.opened' ? begin(message) : undefined);
    if (!doc || !isPostureNews(message)) return before;
    const fold = postureAfter(doc.fold, message);
    const history = firstAndLatest([...doc.history, entryOf(message)], HISTORY);
    const next = { ...doc, ...changed(doc, message), fold, standing: postureStanding(fold), history };
    return fold.isAccepted ? next : { ...next, acceptedRisk: null };
  },
};
