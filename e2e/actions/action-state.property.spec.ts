import fc from 'fast-check';
import type { ActionFact, ActionState, CaseRecordAction } from '#contracts';
import type { Heard } from '#libs/model';
import { testContext } from '#libs/testing';
import { caseStream } from '../../services/cases/src/domain/case/decider.js';
import { keepAction } from '../../services/cases/src/reactions/keep-action.js';
import { actions } from '../../services/gateway/src/views/actions.js';
import type { ActionJournal, Journals } from '../../services/reporting/src/domain/journals/index.js';
import { stateAt } from '../../services/reporting/src/domain/journals/action-at.js';
import { actionSection } from '../../services/reporting/src/domain/sections/actions.js';
import { sectionContextOf } from '../../services/reporting/src/domain/sections/context.js';
import { actionJournal } from '../../services/reporting/src/views/action-journal.js';
import { actionStream } from '../../services/response/src/domain/action/decider.js';
import { at, tenant } from '../../services/response/test/samples/action.js';
import { actionHistories, type ActionCommit } from './legal-histories.js';
import { SYSTEM } from '../support/action-history.js';
import { openingOf } from '../support/case-opening.js';

/**
 * Four services say what state an action is in, each from the same facts: whatever history response lets an action
 * have, they must have one answer after every fact of it.
 */
const heardIn = (commits: ActionCommit[]): Heard<ActionFact>[] =>
  commits.flatMap((facts, commit) =>
    facts.map((message, index) => ({
      envelope: {
        id: `${commit}-${index}`,
        type: message.type,
        source: 'response',
        subject: 'action/acme/a1',
        time: message.at,
        tenant: 'acme',
        sequence: { version: commit + 1, index, count: facts.length },
      },
      message,
    })),
  );

const settings = tenant('AUTHORIZE');
const openedCase = caseStream
  .decide(openingOf('c1'), caseStream.initial(), { ...testContext, actor: SYSTEM, settings })
  .reduce(caseStream.evolve, caseStream.initial());

/** The case's record, as the reaction asks for it and the case's decider keeps it. */
const recorded = (state: typeof openedCase, heard: Heard<ActionFact>): typeof openedCase =>
  keepAction
    .react(heard, settings)
    .flatMap(({ request }) =>
      caseStream.decide(request as CaseRecordAction, state, {
        ...testContext,
        actor: SYSTEM,
        now: heard.message.at,
        settings,
      }),
    )
    .reduce(caseStream.evolve, state);

const reported = (doc: ActionJournal | undefined, to: number): ActionState | undefined => {
  const journals: Journals = {
    cases: [],
    actions: doc ? [doc] : [],
    findings: [],
    receipts: [],
    hosts: [],
    hunts: [],
    exceptions: [],
    postures: [],
    recommendations: [],
    rules: [],
  };
  const period = { from: at - 1, to };
  return actionSection(journals, sectionContextOf(journals, period, period, settings))[0]?.state;
};

type StateAnswers = Record<'response' | 'gateway' | 'cases' | 'report', ActionState | string | undefined>;

/** What each service says after each fact, and the report's journal in the end. */
const answersOf = (history: Heard<ActionFact>[]): { answers: StateAnswers[]; journal: ActionJournal | undefined } => {
  let life = actionStream.initial();
  let kept = openedCase;
  let doc: Parameters<typeof actions.show>[0];
  let journal: ActionJournal | undefined;
  const answers = history.map((heard) => {
    life = actionStream.evolve(life, heard.message);
    kept = recorded(kept, heard);
    doc = actions.show(doc, heard, 'a1');
    journal = actionJournal.show(journal, heard, 'a1');
    return {
      response: life.state,
      gateway: doc?.state,
      cases: kept.actions['a1']?.state,
      report: reported(journal, heard.message.at + 1),
    };
  });
  return { answers, journal };
};

describe('over legal histories of an action', () => {
  it('response, the gateway, the case and the report say one state after every fact', () => {
    const seen = new Set<ActionState | string | undefined>();
    fc.assert(
      fc.property(actionHistories, (commits) => {
        for (const said of answersOf(heardIn(commits)).answers) {
          expect(said).toEqual({
            response: said.response,
            gateway: said.response,
            cases: said.response,
            report: said.response,
          });
          seen.add(said.response);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(seen.size).toBe(19);
  });

  it('a report on an earlier period says the state of its end', () =>
    fc.assert(
      fc.property(actionHistories, (commits) => {
        const history = heardIn(commits);
        const { answers, journal } = answersOf(history);
        history.forEach(({ message }, index) => {
          if (history[index + 1]?.message.at === message.at || !journal) return;
          expect(stateAt(journal, message.at + 1)).toBe(answers[index]?.response);
        });
      }),
      { numRuns: 1_000 },
    ));
});
