import { STORY_PARTS, type StoryContent, type StorySentence } from '../report/story.js';
import type { ReportFormatter } from './format.js';

type StoryOfCode<Code extends StoryContent['code']> = Extract<StoryContent, { code: Code }>;
type StoryWordings = {
  [Code in StoryContent['code']]: (says: StoryOfCode<Code>, formatter: ReportFormatter) => string;
};

const wordings: StoryWordings = {
  SEEN: ({ title, technique, at, where, who }, { texts: { story }, dateTime, ruleName }) =>
    story.seen(ruleName(title, technique), dateTime(at), where, who),
  MORE: ({ count, from, to }, { texts: { story }, counted, dateTime }) =>
    story.more(counted(count), dateTime(from), dateTime(to)),
  REPORTED: ({ side, at }, { texts: { story }, dateTime }) => story.reported[side](dateTime(at)),
  TACTIC: ({ tactic }, { texts: { story } }) => story.tactics[tactic].means,
  CRITICAL: ({ name, criticality }, { texts: { story } }) => story.critical(name, criticality),
  INDICATOR: (_says, { texts: { story } }) => story.indicator,
  VERDICT: ({ verdict, reason }, { texts: { story, verdictReasons }, prose }) => {
    if (verdict === 'UNKNOWN') return story.unjudged;
    const why = reason === 'NONE' ? [] : [story.reason(verdictReasons[reason])];
    return prose([story.verdict[verdict], ...why]);
  },
  SUMMARY: ({ text }, { texts: { story } }) => story.summary(text),
  UNJUDGED: (_says, { texts: { story } }) => story.unjudged,
  ACKNOWLEDGED: ({ afterMs }, { texts: { story }, duration }) => story.acknowledged(duration(afterMs)),
  TOLD: ({ contact, channel, at }, { texts: { story, channels }, dateTime }) =>
    story.told(contact, channels[channel] ?? channel, dateTime(at)),
  ACTION: ({ actionClass, target, state, at }, { texts: { story, actionStates }, actionName, dateTime }) =>
    (story.actions[state] ?? story.action)({
      action: actionName(actionClass),
      target,
      at: dateTime(at),
      state: actionStates[state],
    }),
  NOBODY_ASKED: ({ actionClass, target, at }, { texts: { story }, actionName, dateTime }) =>
    story.nobodyAsked({ action: actionName(actionClass), target, at: dateTime(at) }),
  GIVEN_BACK_BY_ANOTHER: ({ actionClass, target, at }, { texts: { story }, actionName, dateTime }) =>
    story.givenBackByAnother({ action: actionName(actionClass), target, at: dateTime(at) }),
  UNDO_FAILED: ({ actionClass, target, at }, { texts: { story }, actionName, dateTime }) =>
    story.undoFailed({ action: actionName(actionClass), target, at: dateTime(at) }),
  CONTAINED: ({ at }, { texts: { story }, dateTime }) => story.contained(dateTime(at)),
  CLOSED: ({ at }, { texts: { story }, dateTime }) => story.closed(dateTime(at)),
  NOTHING_DONE: (_says, { texts: { story } }) => story.nothingDone,
  APPROVE: ({ actionClass, target }, { texts: { story }, actionName }) =>
    story.approve(actionName(actionClass), target),
  GUIDANCE: ({ actionClass, target }, { texts: { story }, actionName }) =>
    story.guidance(actionName(actionClass), target),
  REPLY: ({ text }, { texts: { story } }) => story.reply(text),
  HELD: ({ reason }, { texts: { story } }) => story.held[reason],
  FOLLOW: ({ text }, { texts: { story } }) => story.follow(text),
  HOLDS: ({ actionClass, target, until }, { texts: { story }, actionName, dateTime }) =>
    story.holds(actionName(actionClass), target, until === null ? null : dateTime(until)),
  PREVENT: ({ text }, { texts: { story } }) => story.prevent(text),
  NOTHING_YET: (_says, { texts: { story } }) => story.nothingYet,
  NOTHING_TO_DO: (_says, { texts: { story } }) => story.nothingToDo,
};

/** A sentence in the reader's language. */
export const wordsOf = ({ says }: StorySentence, formatter: ReportFormatter): string =>
  (wordings[says.code] as (says: StoryContent, formatter: ReportFormatter) => string)(says, formatter);

/** The story of a case as paragraphs under the customer's questions. */
export const paragraphsOf = (story: StorySentence[], formatter: ReportFormatter): { label: string; value: string }[] =>
  STORY_PARTS.map((part) => ({
    label: formatter.texts.story.parts[part],
    value: formatter.prose(story.filter((one) => one.part === part).map((one) => wordsOf(one, formatter))),
  }));
