import type { Api, Found, PollState, Target } from '../connector.js';
import { Unsupported } from '../errors.js';
import { getUser, listLogEvents, type User } from './endpoints.js';

/** By id, login or short login. */
export const userOf = async (api: Api, { id }: Target, signal?: AbortSignal): Promise<User> => {
  const name = id.slice(id.lastIndexOf('\\') + 1);
  if (!/^[^\s'"/?#\\]{1,255}$/.test(name)) throw new Unsupported('this is not the name of a user');
  return api.call(getUser, { at: { id: name }, signal });
};

/** Okta's calls answer when done; what remains is to see the status follow. */
export const pollStatus = async (api: Api, userId: string, wanted: string, signal?: AbortSignal): Promise<PollState> =>
  (await api.call(getUser, { at: { id: userId }, signal })).status === wanted ? 'SUCCEEDED' : 'PENDING';

/**
 * Okta keeps no comment, so whose hand it was cannot be told: the status itself is the answer, and never OURS. A suspension whose
 * answer was lost therefore stays until a person lifts it: better than lifting one that the customer made.
 */
export const findByStatus = async (api: Api, target: Target, wanted: string, signal?: AbortSignal): Promise<Found> => {
  const { id, status, statusChanged, profile } = await userOf(api, target, signal);
  if (status === wanted) return { state: 'ALREADY', vendorRef: id, evidence: `${profile.login} is ${status}${statusChanged ? ` since ${statusChanged}` : ''}` };
  return { state: 'ABSENT', evidence: `${profile.login} is ${status}` };
};

/** Successful sign-ins and single sign-ons of a user after `sinceMs`, from the system log. */
export const signInsSince = async (api: Api, { id }: User, sinceMs: number, signal?: AbortSignal): Promise<{ count: number; last: string }> => {
  if (!/^[A-Za-z0-9]{1,64}$/.test(id)) throw new Unsupported('the user id is not of the published form');
  const filter = `actor.id eq "${id}" and outcome.result eq "SUCCESS" and (eventType eq "user.session.start" or eventType eq "user.authentication.sso")`;
  // `since` is inclusive.
  const events = await api.call(listLogEvents, { query: { since: new Date(sinceMs + 1).toISOString(), filter, sortOrder: 'DESCENDING', limit: '100' }, signal });
  return { count: events.length, last: events[0]?.published ?? '' };
};
