/** What this installation sends by itself. */
const SENT: readonly string[] = ['mail', 'webhook', 'slack', 'teams'];

/** A call is for a person of the provider to make. */
export const isCall = (channel: string): boolean => channel === 'phone';

/** Whether a contact of the channel is reached from here at all; who only looks into the portal is not. */
export const isReached = (channel: string): boolean => isCall(channel) || SENT.includes(channel);
