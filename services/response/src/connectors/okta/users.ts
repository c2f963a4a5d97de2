import type { VendorApi, FoundEffect, PollState, IdentifiedTarget } from '../connector.js';
import { Unsupported, VendorRefused } from '../../session/errors.js';
import { getUser, type OktaUser } from './endpoints.js';

/** The user of that id: a login in its place would be accepted, too, and could be another's by now. */
export const userOf = async (api: VendorApi, vendorId: string, signal?: AbortSignal): Promise<OktaUser> => {
  if (!/^[A-Za-z0-9]{1,64}$/.test(vendorId)) throw new Unsupported('the user id is not of the published form');
  const user = await api.call(getUser, { at: { id: vendorId }, signal });
  if (user.id !== vendorId)
    throw new VendorRefused(409, 'AnotherUser', `asked about ${vendorId}, the vendor answers about ${user.id}`);
  return user;
};

/** Okta's calls answer when done; what remains is to see the status follow. */
export const pollStatus = async (
  api: VendorApi,
  userId: string,
  wanted: string,
  signal?: AbortSignal,
): Promise<PollState> => ((await userOf(api, userId, signal)).status === wanted ? 'SUCCEEDED' : 'PENDING');

/** The status itself is the answer, and never OURS: for what gives back, whose hand it was does not matter. */
export const findByStatus = async (
  api: VendorApi,
  { vendorId }: IdentifiedTarget,
  wanted: string,
  signal?: AbortSignal,
): Promise<FoundEffect> => foundIn(await userOf(api, vendorId, signal), wanted);

/** A change of status that the vendor has not finished, in words: the status until then is not for good. */
export const underWay = ({ status, transitioningToStatus, profile }: OktaUser): string | undefined =>
  transitioningToStatus ? `${profile.login} is ${status}, and on its way to ${transitioningToStatus}` : undefined;

/** What a status says of an effect. */
export const foundIn = (user: OktaUser, wanted: string): FoundEffect => {
  const { id, status, statusChanged, profile } = user;
  const turning = underWay(user);
  if (turning) return { state: 'TURNING', evidence: turning };
  return status === wanted
    ? {
        state: 'ALREADY',
        vendorRef: id,
        evidence: `${profile.login} is ${status}${statusChanged ? ` since ${statusChanged}` : ''}`,
      }
    : { state: 'ABSENT', evidence: `${profile.login} is ${status}` };
};
