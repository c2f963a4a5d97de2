import fc from 'fast-check';
import { play, type ScriptedStart } from '../../../test/histories/play.js';
import { scripts } from '../../../test/histories/script.js';
import { VENDOR } from '../../../test/histories/vendor.js';
import { actionClassOf } from '#libs/policy';

type History = ReturnType<typeof play>;

const RUNS = 8_000;
let histories: { script: Parameters<typeof play>[0]; history: History }[];
// Played once, for playing is nearly all of the time; each sentence is then held against every history.
beforeAll(() => {
  histories = fc.sample(scripts, RUNS).map((script) => ({ script, history: play(script) }));
});

/** On a failure the script is played again by fast-check, which shrinks it and says it. */
const ofEvery = (check: (history: History) => void): void => {
  for (const { script, history } of histories) {
    try {
      check(history);
    } catch {
      fc.assert(
        fc.property(scripts, (one) => check(play(one))),
        { numRuns: 1, examples: [[script]] },
      );
    }
  }
};

const ofEveryStart = (check: (start: ScriptedStart) => void): void => {
  let seen = 0;
  ofEvery(({ starts }) =>
    starts.forEach((start) => {
      seen += 1;
      check(start);
    }),
  );
  expect(seen).toBeGreaterThan(300);
};

/** What an undoing carries out is the inverse; it is free only where that gives back. */
const asksPolicy = ({ inverting, actionClass }: { inverting: boolean; actionClass: string }): boolean =>
  !inverting || actionClassOf(actionClass)?.takesAway !== true;

describe('over random requests, answers, names and settings', () => {
  it('no undoing takes away', () =>
    ofEveryStart(({ started }) =>
      expect(started.inverting && actionClassOf(started.actionClass)?.takesAway !== true).toBe(false),
    ));
  it('no undoing gives back what somebody else took', () =>
    ofEveryStart(({ started, foreign }) => expect(started.inverting && foreign).toBe(false)));
  it('nothing starts under NOTIFY, unless it gives back what was taken', () =>
    ofEveryStart(({ started, settings: { policy } }) => {
      if (asksPolicy(started) && policy.mode === 'NOTIFY')
        expect(policy.overrides.some((one) => one.mode !== 'NOTIFY') && started.vendorId === 'm1').toBe(true);
    }));
  it('nothing starts on whom an exclusion names by any of its names, unless it gives back what was taken', () =>
    ofEveryStart(({ started, settings: { policy } }) => {
      const names: readonly string[] = VENDOR.find(([id]) => id === started.vendorId) ?? [];
      if (asksPolicy(started))
        expect(policy.exclusions.filter(({ entity }) => names.includes(entity.slice(entity.indexOf(':') + 1)))).toEqual(
          [],
        );
    }));
  it('nothing starts on what is critical by any name the vendor tells, unless the customer agreed to that one', () =>
    ofEveryStart(({ started, agreed }) => {
      if (asksPolicy(started) && !started.inverting && started.vendorId === 'm2')
        expect([started.rule, agreed]).toEqual(['guard:critical', 'CUSTOMER']);
    }));
  it('what is decided to be carried out starts in that commit', () => {
    let seen = 0;
    ofEvery(({ commits }) =>
      commits.forEach((commit) => {
        const decidedTo = commit.some((fact) => fact.type === 'action.decided' && fact.decision === 'EXECUTE');
        const begun = commit.some((fact) => fact.type === 'action.started' && !fact.inverting);
        if (begun !== decidedTo) expect(begun).toBe(decidedTo);
        seen += decidedTo ? 1 : 0;
      }),
    );
    expect(seen).toBeGreaterThan(300);
  });
  it('nothing starts but on whom the vendor identified in the same commit', () =>
    ofEveryStart(({ started, commit }) => {
      if (!started.inverting)
        expect(
          commit.some(
            (fact) =>
              fact.type === 'action.identified' && fact.vendorId === started.vendorId && fact.vendor === started.vendor,
          ),
        ).toBe(true);
    }));
});
