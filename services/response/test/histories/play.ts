import type { ActionFact, ActionStarted, TenantState } from '#contracts';
import { Refused } from '#libs/model';
import { actionStream } from '../../src/domain/action/decider.js';
import type { ActionLife } from '../../src/domain/action/state.js';
import { at } from '../samples/action.js';
import { requestOf, settingsOf, sideOf } from './ask.js';
import type { ActionScript, ScriptStep } from './script.js';

/** The settings it started under, and the commit it came with. */
export interface ScriptedStart {
  started: ActionStarted;
  settings: TenantState;
  commit: ActionFact[];
  foreign: boolean;
  /** Who had agreed when it started. */
  agreed: ActionLife['agreed'];
}

/** @returns every commit and every start of a random life. */
export const play = (run: ActionScript): { commits: ActionFact[][]; starts: ScriptedStart[] } => {
  let state = actionStream.initial();
  let settings = settingsOf({ kind: 'settings', mode: run.first, excluded: [], overrides: [], unreachable: false });
  let now = at;
  const starts: ScriptedStart[] = [];
  const commits: ActionFact[][] = [];
  const ask = (step: Extract<ScriptStep, { kind: 'ask' }>): void => {
    let commit: ActionFact[] = [];
    try {
      commit = actionStream.decide(requestOf(step, run, state.askings, now), state, {
        tenant: 'acme',
        actor: { subject: 's', side: sideOf(step) },
        roles: ['SERVICE'],
        requestId: 'r',
        now,
        settings,
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    for (const started of commit)
      if (started.type === 'action.started')
        starts.push({ started, settings, commit, foreign: state.foreign, agreed: state.agreed });
    state = commit.reduce(actionStream.evolve, state);
    commits.push(commit);
  };
  ask({
    kind: 'ask',
    type: 'action.propose',
    machine: 0,
    outcome: 'FOUND',
    late: false,
    foreign: false,
    good: true,
    side: 'RIGHT',
  });
  for (const step of run.steps) {
    if (step.kind === 'ask') ask(step);
    else if (step.kind === 'settings') settings = settingsOf(step);
    else now += step.minutes * 60_000;
  }
  return { commits, starts };
};
