/** Whose address is a secret, or bears one: contacts have the name it is kept under. */
const HOOKS: readonly string[] = ['webhook', 'slack', 'teams'];

/** How a contact may be reached. */
export const CHANNELS: readonly string[] = ['mail', 'phone', ...HOOKS, 'portal'];

export const isHook = (channel: string): boolean => HOOKS.includes(channel);

/** Goes by the installation's own mail server. */
export const isMail = (channel: string): boolean => channel === 'mail';

/** A call is for a person of the provider to make. */
export const isCall = (channel: string): boolean => channel === 'phone';

/** Whether a contact of the channel can be told of anything; who only looks into the portal cannot. */
export const isReached = (channel: string): boolean => channel !== 'portal' && CHANNELS.includes(channel);
