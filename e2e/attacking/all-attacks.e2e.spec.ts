import { attempt } from './attempt.js';
import { worlds } from './worlds.js';
import { attacks } from '../attacks/index.js';
import { SEED } from '../fuzz/fuzz.js';
import { graphqlFuzz } from '../fuzz/graphql.js';

/** The same list as `npm run e2e:attacks`, in every CI. */
const given = worlds();
afterAll(() => given.stop(), 60_000);

describe('attacks on ourselves: the rightful use succeeds, the wrongful is refused', () => {
  it.each(attacks.map((one) => [one.name, one] as const))(
    '%s',
    async (name, one) =>
      expect(await attempt(one, given)).toEqual({ name, line: one.line, control: true, attack: 'refused' }),
    300_000,
  );
});

it(
  'the GraphQL endpoints stand seeded nonsense',
  async () => graphqlFuzz.run({ runs: graphqlFuzz.runs, seed: SEED }, given),
  300_000,
);
