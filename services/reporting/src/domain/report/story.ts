import type { ActionState, Criticality, OnHoldReason, Side, Verdict, VerdictReason } from '#contracts';
import type { Tactic } from '#libs/terms';

/** The four questions of a customer about a case, in the order they are answered. */
export const STORY_PARTS = ['HAPPENED', 'MEANS', 'WE_DID', 'YOU_DO'] as const;
export type StoryPart = (typeof STORY_PARTS)[number];

/** What a sentence says, without its words: a code and its parameters. Times are epoch milliseconds. */
export type StoryContent =
  | { code: 'SEEN'; title: string; technique: string | null; at: number; where: string | null; who: string | null }
  | { code: 'MORE'; count: number; from: number; to: number }
  | { code: 'REPORTED'; side: Side; at: number }
  | { code: 'TACTIC'; tactic: Tactic }
  | { code: 'CRITICAL'; name: string; criticality: Criticality }
  | { code: 'INDICATOR' }
  | { code: 'VERDICT'; verdict: Verdict; reason: VerdictReason }
  | { code: 'SUMMARY'; text: string }
  | { code: 'UNJUDGED' }
  | { code: 'ACKNOWLEDGED'; afterMs: number }
  | { code: 'TOLD'; contact: string; channel: string; at: number }
  | { code: 'ACTION'; actionClass: string; target: string; state: ActionState; at: number }
  | { code: 'UNDO_FAILED'; actionClass: string; target: string; at: number }
  | { code: 'NOBODY_ASKED'; actionClass: string; target: string; at: number }
  | { code: 'GIVEN_BACK_BY_ANOTHER'; actionClass: string; target: string; at: number }
  | { code: 'CONTAINED'; at: number }
  | { code: 'CLOSED'; at: number }
  | { code: 'NOTHING_DONE' }
  | { code: 'APPROVE'; actionClass: string; target: string }
  | { code: 'GUIDANCE'; actionClass: string; target: string }
  | { code: 'REPLY'; text: string }
  | { code: 'HELD'; reason: OnHoldReason }
  | { code: 'FOLLOW'; text: string }
  | { code: 'HOLDS'; actionClass: string; target: string; until: number | null }
  | { code: 'PREVENT'; text: string }
  | { code: 'NOTHING_YET' }
  | { code: 'NOTHING_TO_DO' };

/** One sentence about a case, with the ids of the facts it stands on: without them it is not told. */
export interface StorySentence {
  part: StoryPart;
  says: StoryContent;
  facts: string[];
}
