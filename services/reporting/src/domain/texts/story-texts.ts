import type { ActionState, Criticality, OnHoldReason, Side, Verdict } from '#contracts';
import type { Tactic } from '#libs/terms';
import type { StoryPart } from '../report/story.js';
import type { ReportCount } from './count.js';

/** An action as a sentence names it: what, on whom, when, all of it formatted. */
export interface ToldAction {
  action: string;
  target: string;
  at: string;
  /** What its state is called. */
  state: string;
}

/** The sentences about a case. Names, times and counts come formatted; `title` and `text` are somebody's own words. */
export interface StoryTexts {
  parts: Record<StoryPart, string>;
  tactics: Record<Tactic, { name: string; means: string }>;
  /** Kinds of entity that are counted, with their number. */
  kinds(kind: string, count: ReportCount): string;
  headline(tactic: string, where: string): string;
  seen(title: string, at: string, where: string | null, who: string | null): string;
  more(count: ReportCount, from: string, to: string): string;
  reported: Record<Side, (at: string) => string>;
  critical(name: string, criticality: Criticality): string;
  indicator: string;
  verdict: Record<Exclude<Verdict, 'UNKNOWN'>, string>;
  reason(reason: string): string;
  summary(text: string): string;
  unjudged: string;
  acknowledged(after: string): string;
  told(contact: string, channel: string, at: string): string;
  actions: Partial<Record<ActionState, (told: ToldAction) => string>>;
  action(told: ToldAction): string;
  /** The time to answer was over at `at`, and nobody had been told of the question. */
  nobodyAsked(told: Omit<ToldAction, 'state'>): string;
  /** Seen at `at`. */
  givenBackByAnother(told: Omit<ToldAction, 'state'>): string;
  undoFailed(told: Omit<ToldAction, 'state'>): string;
  contained(at: string): string;
  closed(at: string): string;
  nothingDone: string;
  approve(action: string, target: string): string;
  guidance(action: string, target: string): string;
  reply(text: string): string;
  held: Record<OnHoldReason, string>;
  follow(text: string): string;
  /** Other names of somebody. */
  alsoAs(names: string): string;
  /** What is over, and not taken back; `until` is when it ends by itself, where that is known. */
  holds(action: string, target: string, until: string | null): string;
  prevent(text: string): string;
  nothingYet: string;
  nothingToDo: string;
}
