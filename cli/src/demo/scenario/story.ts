import { MINUTE_MS } from '#libs/terms';
import type { TenantPlan } from '../../gateway/onboard.js';

/** Telemetry of one source: native events as the vendor writes them, oldest first. */
export interface TelemetryFeed {
  source: string;
  /** The partner's own Kafka topic, or HTTP. */
  via: 'kafka' | 'http';
  events: object[];
}

/** A customer of the demo, and what happens at it. */
export interface Story {
  tenant: string;
  plan: TenantPlan;
  /** What the audience is told before the telemetry goes out. */
  telling: string;
  /** @param now epoch ms: the attack ends a moment before. */
  feeds(now: number): TelemetryFeed[];
}

export const minutesBefore = (now: number, minutes: number): number => now - Math.round(minutes * MINUTE_MS);
export const isoTime = (at: number): string => new Date(at).toISOString();

/** Numbers that look random and are the same in every run. */
export const dice = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};

export const pick = <T>(roll: () => number, from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;

/** `count` moments within the hour before `now`, oldest first. */
export const ordinaryTimes = (roll: () => number, now: number, count: number): number[] =>
  Array.from({ length: count }, () => minutesBefore(now, 1 + roll() * 59)).sort((a, b) => a - b);

/** JSON lines, oldest first by the given time field. */
export const byTime = <T extends { at: number; event: object }>(events: T[]): object[] =>
  [...events].sort((a, b) => a.at - b.at).map(({ event }) => event);
