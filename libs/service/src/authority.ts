/** What a service's key may sign, from its page. */
export interface SigningRights {
  /** Types of requests, as the service itself. */
  itself: readonly string[];
  /** Types of requests, for people whom the service has identified. */
  people: readonly string[];
}

/** What the key of each service may sign, by service. */
export type Authority = Readonly<Record<string, SigningRights>>;

const NOTHING: SigningRights = { itself: [], people: [] };

/** What a service's key may sign: nothing for one that is not in the table. */
export const signsOf = (authority: Authority, service: string): SigningRights =>
  Object.hasOwn(authority, service) ? (authority[service] ?? NOTHING) : NOTHING;
