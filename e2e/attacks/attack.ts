import { type ServiceName } from '#libs/terms';
import type { World } from '#libs/testing';

/** What an attack may use. All of it is real, on this machine and of this run; the runner ends it. */
export interface AttackGround {
  /**
   * A broker, a store and these services, started when first asked for and shared by the attacks that name the same
   * ones.
   */
  world(...services: ServiceName[]): Promise<World>;
}

/**
 * A wrongful use of the system that was seen to succeed once, or its kin.
 *
 * To add one: a file here, and its place in the sorted list of `index.ts`. Prefer the pure function that guards over a
 * world of services where the guard is pure: attacks run in every CI.
 */
export interface Attack {
  /** Kebab-case, the file's name. */
  name: string;
  /** Number of the wall in docs/security.md. */
  line: number;
  /** The rightful use, which looks most alike. @returns whether it succeeded. */
  control(given: AttackGround): Promise<boolean> | boolean;
  /** Bounded in time and size. */
  attack(given: AttackGround): Promise<AttackVerdict> | AttackVerdict;
  /** Takes the guard away: the text stands once in the file, and with the replacement the attack succeeds. */
  mutation: { file: string; find: string; replace: string };
}

export type AttackVerdict = 'refused' | 'succeeded';
