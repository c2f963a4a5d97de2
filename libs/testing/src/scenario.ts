import { Refused, type Decider, type DecisionContext, type Typed } from '#libs/model';

/** Facts as a test writes them: those of one decider. */
interface ScenarioWhen<Request extends Typed, Fact extends Typed> {
  when(request: Request, context?: Partial<DecisionContext>): ScenarioThen<Fact>;
}
interface ScenarioThen<Fact extends Typed> {
  /** Exactly these facts, in order; none means UNCHANGED. */
  then(...facts: Fact[]): void;
  /** These facts at least hold these fields, in order. */
  thenLike(...facts: (Partial<Fact> & Typed)[]): void;
  refuses(message: string | RegExp): void;
  facts(): Fact[];
}

export const testContext: DecisionContext = {
  tenant: 'acme',
  actor: { subject: 'ada', side: 'PROVIDER' },
  roles: ['ANALYST', 'LEAD', 'HUNTER', 'OPERATOR_ADMIN'],
  requestId: '00000000-0000-5000-8000-000000000001',
  now: Date.UTC(2026, 10, 2, 10, 0),
  settings: undefined,
};

/**
 * A test of one decider as a sentence: `given(opened).when(assign).then(assigned)`.
 * @param defaults what the decision knows unless `when` says otherwise.
 */
export const scenario = <State, Request extends Typed, Fact extends Typed, Settings>(
  decider: Decider<State, Request, Fact, Settings>,
  defaults: Partial<DecisionContext> = {},
) => {
  const given = (...past: Fact[]): ScenarioWhen<Request, Fact> => ({
    when: (request, context = {}) => {
      const state = past.reduce((seen, fact) => decider.evolve(seen, fact), decider.initial());
      const told = { ...testContext, ...defaults, ...context } as DecisionContext<Settings>;
      const decide = (): Fact[] => decider.decide(request, state, told);
      return {
        then: (...facts) => expect(decide()).toEqual(facts),
        thenLike: (...facts) => {
          const got = decide();
          expect(got).toHaveLength(facts.length);
          facts.forEach((fact, index) => expect(got[index]).toMatchObject(fact));
        },
        refuses: (message) => {
          expect(decide).toThrow(Refused);
          expect(decide).toThrow(message);
        },
        facts: decide,
      };
    },
  });
  return { given };
};
