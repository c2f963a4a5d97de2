import type {
  PostureAcceptRisk,
  PostureChange,
  PostureFact,
  PostureObserve,
  PostureOpen,
  PostureReopen,
  PostureRequest,
  PostureResolve,
  TenantState,
} from '#contracts';
import { cut, idOf, Refused, type Decider, type DecisionContext } from '#libs/model';
import { severityRank } from '#libs/terms';
import { evolve, initial, type PostureState } from './state.js';

type PostureDecision<Request> = (request: Request, state: PostureState, context: DecisionContext) => PostureFact[];

/** The check of what a person found. */
const MANUAL = 'MANUAL';
const TEXT = 2_000;
const TITLE = 200;

const written = (text: string, what: string): string => {
  const trimmed = text.trim();
  if (trimmed === '') throw new Refused(`${what} is needed`, 'MISSING_TEXT');
  return cut(trimmed, TEXT);
};

const open: PostureDecision<PostureOpen> = (request, { opened }, { actor, now }) => {
  if (opened) return [];
  const { postureId, subject, severity, recommendation, owner, dueAt = null } = request;
  return [
    {
      type: 'posture.opened',
      postureId,
      check: MANUAL,
      subject: cut(subject.trim(), TITLE),
      title: cut(written(request.title, 'a title'), TITLE),
      severity,
      recommendation: cut(recommendation.trim(), TEXT),
      owner: cut(owner.trim(), TITLE),
      dueAt,
      by: actor,
      at: now,
    },
  ];
};

/**
 * What is lacking may be seen anywhere and often: it is one gap until it is there again, and what is heard late, of
 * before it was, is none.
 */
const namelessGap = ({ postureId, since }: PostureObserve, { gaps, rightAt }: PostureState): string =>
  gaps[0] ?? (since > rightAt ? idOf('gap', postureId, since) : '');

/**
 * An end that names no gap is that of all that began before: what was lacking is there. Where none is known it is kept
 * as it is, as what was seen before it may be heard yet.
 */
const endsOfAll = ({ since }: PostureObserve, { gaps, began, rightAt }: PostureState): string[] => {
  if (gaps.length > 0) return gaps.filter((one) => (began[one] ?? 0) <= since);
  return since > rightAt ? [''] : [];
};

/**
 * How grave it is, where it is seen to be graver, or when it comes again; what somebody judged it to be gives way to
 * what is graver alone.
 */
const graveAs: PostureDecision<PostureObserve> = ({ postureId, severity }, state, { actor, now }) => {
  const { told, observedAs, gaps } = state;
  if (!told || severity === 'UNKNOWN' || severity === observedAs || severity === told.severity) return [];
  const isJudged = told.severity !== observedAs;
  const isGraver = severityRank(severity) > severityRank(told.severity);
  if (!isGraver && (isJudged || gaps.length > 0)) return [];
  return [{ type: 'posture.changed', postureId, ...told, severity, by: actor, at: now }];
};

const observe: PostureDecision<PostureObserve> = (request, state, context) => {
  const { actor, now } = context;
  const { opened, gaps, ended } = state;
  const { postureId, check, subject, title, severity, isPresent, since, figures = [] } = request;
  const gapId = request.gapId || (isPresent ? namelessGap(request, state) : '');
  if (isPresent && gapId === '') return [];
  if (!isPresent && gapId === '')
    return endsOfAll(request, state).map((one) => ({
      type: 'posture.observed',
      postureId,
      gapId: one,
      isPresent,
      since,
      figures,
      at: now,
    }));
  // An end is final: what is heard of a gap after that was said before it.
  if (ended.includes(gapId)) return [];
  const graver = isPresent ? graveAs(request, state, context) : [];
  if (isPresent && gaps.includes(gapId)) return graver;
  const first: PostureFact = {
    type: 'posture.opened',
    postureId,
    check,
    subject,
    title,
    severity,
    recommendation: '',
    owner: '',
    dueAt: null,
    by: actor,
    at: now,
  };
  return [
    ...(opened ? graver : [first]),
    { type: 'posture.observed', postureId, gapId, isPresent, since, figures, at: now },
  ];
};

const there = (state: PostureState): PostureState => {
  if (!state.opened) throw new Refused('there is no such posture item', 'NO_SUCH_POSTURE');
  return state;
};

const change: PostureDecision<PostureChange> = (request, state, { actor, now }) => {
  const { told } = there(state);
  const { postureId, severity, dueAt = null } = request;
  const recommendation = cut(request.recommendation.trim(), TEXT);
  const owner = cut(request.owner.trim(), TITLE);
  const isSame =
    told?.severity === severity &&
    told.recommendation === recommendation &&
    told.owner === owner &&
    (told.dueAt ?? null) === dueAt;
  return isSame
    ? []
    : [{ type: 'posture.changed', postureId, severity, recommendation, owner, dueAt, by: actor, at: now }];
};

const acceptRisk: PostureDecision<PostureAcceptRisk> = ({ postureId, reason }, state, { actor, now }) => {
  const { isAccepted, isResolved } = there(state);
  if (isResolved) throw new Refused('it is as it should be: there is no risk to accept', 'RESOLVED');
  if (isAccepted) return [];
  return [{ type: 'posture.risk-accepted', postureId, reason: written(reason, 'a reason'), by: actor, at: now }];
};

const resolve: PostureDecision<PostureResolve> = ({ postureId, reason }, state, { actor, now }) => {
  const { isResolved, gaps } = there(state);
  if (isResolved) return [];
  if (gaps.length > 0) throw new Refused('it is seen to be wrong still, and ends by itself', 'STILL_SEEN');
  return [{ type: 'posture.resolved', postureId, reason: written(reason, 'a reason'), by: actor, at: now }];
};

const reopen: PostureDecision<PostureReopen> = ({ postureId, reason }, state, { actor, now }) => {
  const { isAccepted, isResolved, opened } = there(state);
  if (!isAccepted && !isResolved) return [];
  if (isResolved && opened?.check !== MANUAL)
    throw new Refused('it was seen to be right, and opens by itself when it is not', 'SEEN_RIGHT');
  return [{ type: 'posture.reopened', postureId, reason: written(reason, 'a reason'), by: actor, at: now }];
};

type PostureDecisions = { [T in PostureRequest['type']]: PostureDecision<Extract<PostureRequest, { type: T }>> };

const decisions: PostureDecisions = {
  'posture.open': open,
  'posture.observe': observe,
  'posture.change': change,
  'posture.accept-risk': acceptRisk,
  'posture.resolve': resolve,
  'posture.reopen': reopen,
};

/** One thing about configuration or coverage, from when it was first seen on; each check of a subject is one. */
export const postureStream: Decider<PostureState, PostureRequest, PostureFact, TenantState> = {
  subject: 'posture',
  version: 5,
  key: ({ postureId }) => postureId,
  initial,
  evolve,
  decide: (request, state, context) =>
    (decisions[request.type] as PostureDecision<PostureRequest>)(request, state, context),
};
