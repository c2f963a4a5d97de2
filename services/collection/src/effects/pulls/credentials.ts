/** What lets in, of a secret that is kept: made, remembered while it holds, and shown to nobody else. */
import type { PullCredential, PullPlace, PullAnswer, PullAsk } from '../../pulls/puller.js';

/** Headers for a request. `expiresAt`: epoch ms. */
export interface PullPass {
  expiresAt: number;
  headersFor(ask: PullAsk): Promise<Record<string, string>> | Record<string, string>;
}

export interface PassPorts {
  place: PullPlace;
  secret: string;
  now: number;
  /** An exchange with an address that the secret may be sent to. */
  exchange(ask: PullAsk): Promise<PullAnswer>;
}

type OpenPass = (ports: PassPorts) => Promise<PullPass> | PullPass;

const fixed =
  (scheme: string): OpenPass =>
  ({ secret }) => ({
    expiresAt: Infinity,
    headersFor: () => ({ authorization: `${scheme} ${secret.trim()}` }),
  });

export const passes: Readonly<Record<PullCredential, OpenPass>> = {
  ssws: fixed('SSWS'),
  bearer: fixed('Bearer'),
  entra: fixed('Bearer'),
  google: fixed('Bearer'),
  aws: fixed('Bearer'),
};
