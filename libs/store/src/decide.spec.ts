import { add, codec, counter, quiet } from '../test/counter.js';
import { GENESIS } from './chain.js';
import { decideAll } from './decide.js';
import { groupsOf } from './execute.js';
import { ANSWERED, commitOf, outFacts } from './commits.js';
import { scopeOf } from './scope.js';
import { chainCheck } from './verify.js';

const place = { tenant: scopeOf('acme'), streamId: 'counter/acme/a' };
const empty = { head: { version: 0, hash: GENESIS, at: 0 }, state: 0 };
const decide = (...by: number[]) =>
  decideAll(
    counter,
    codec,
    quiet,
    place,
    by.map((one) => add('a', one)),
    empty,
  );

it('puts all facts of a call into one commit, then one answer for each request', () => {
  const { commit, alone, state } = decide(1, 2, -1);
  expect(commit?.facts.map(({ type }) => type)).toEqual([
    'counter.added',
    'counter.added',
    'counter.added',
    ANSWERED,
    ANSWERED,
    ANSWERED,
  ]);
  expect([commit?._id, commit?.version, alone.length, state]).toEqual(['counter/acme/a@1', 1, 0, 2]);
});
it('decides each request on what the ones before it said', () => {
  const { commit, alone } = decide(-1, 1, -1);
  expect([commit?.requests.length, alone.map(({ streamId }) => streamId.split('/')[0])]).toEqual([2, ['answer']]);
});
it('answers without a commit when there is nothing to say', () => {
  const { commit, alone } = decide(0, -1, 13);
  expect([commit, alone.length, alone.every(({ version, facts }) => version === 1 && facts.length === 1)]).toEqual([
    undefined,
    3,
    true,
  ]);
});
it('leaves requests beyond a full commit for the next one', () => {
  const large = {
    ...codec,
    encode: (message: Parameters<typeof codec.encode>[0]) =>
      Buffer.concat([codec.encode(message), Buffer.alloc(1_048_576, ' ')]),
  };
  const asks = Array.from({ length: 20 }, () => add('a', 1));
  const { commit, alone } = decideAll(counter, large, quiet, place, asks, empty);
  expect([commit?.requests.length, alone.length]).toEqual([4, 0]);
});
it('refuses what would be too large to keep or to send, and decides the next', () => {
  let sent = 0;
  const large = (bytes: number) => ({
    ...codec,
    encode: (message: Parameters<typeof codec.encode>[0]) =>
      Buffer.concat([
        codec.encode(message),
        Buffer.alloc(message.type === 'counter.added' && (sent += 1) === 1 ? bytes : 0, ' '),
      ]),
  });
  const { commit, alone } = decideAll(counter, large(3_500_000), quiet, place, [add('a', 1), add('a', 2)], empty);
  expect(JSON.parse(alone[0]!.facts[0]!.bytes.subarray(5).toString('utf8'))).toMatchObject({
    outcome: 'REFUSED',
    code: 'TOO_LARGE',
  });
  expect([commit?.requests.length, alone.length]).toEqual([1, 1]);
});
it('refuses a request with more facts than one commit takes', () => {
  const many = {
    ...counter,
    decide: () => Array.from({ length: 20_000 }, () => ({ type: 'counter.added' as const, counterId: 'a', by: 1 })),
  };
  const { commit, alone } = decideAll(many, codec, quiet, place, [add('a', 1)], empty);
  expect([commit, alone[0]!.facts[0]!.bytes.includes('TOO_LARGE')]).toEqual([undefined, true]);
});
it('groups requests by tenant and stream, each request once', () => {
  const request = add('a', 1);
  const groups = groupsOf(counter, [request, add('b', 1), request, add('a', 1, { tenant: 'umbra' }), add('a', 2)]);
  expect(groups.map(({ streamId, asks }) => [streamId, asks.length])).toEqual([
    ['counter/acme/a', 2],
    ['counter/acme/b', 1],
    ['counter/umbra/a', 1],
  ]);
  expect(() => groupsOf(counter, [add('a', 1, { tenant: '' })])).toThrow('not a tenant');
});
it('sends facts with their place, and answers without one', () => {
  const facts = outFacts('counters', decide(1, 2).commit!);
  expect(facts.map(({ envelope: { sequence } }) => sequence)).toEqual([
    { version: 1, index: 0, count: 2 },
    { version: 1, index: 1, count: 2 },
    undefined,
    undefined,
  ]);
});

describe('the chain', () => {
  const commits = [1, 2, 3].reduce<ReturnType<typeof commitOf>[]>((before, version) => {
    const last = before.at(-1);
    const fact = { type: 'counter.added', bytes: codec.encode({ type: `v${version}` }), time: version, requestId: 'r' };
    return [...before, commitOf(place.tenant, place.streamId, last ?? empty.head, [fact], [], 10 - version)];
  }, []);
  const check = (of = commits) => of.flatMap(chainCheck());

  it('holds as it was written, its order never runs backwards', () => {
    expect(check()).toEqual([]);
    expect(commits.map(({ order }) => order)).toEqual([...commits.map(({ order }) => order)].sort());
  });
  it('names a changed byte and where it is', () => {
    const [one, two, three] = structuredClone(commits).map((commit, index) => ({
      ...commits[index]!,
      facts: commit.facts.map((fact) => ({
        ...fact,
        bytes: Buffer.from(fact.bytes),
        salt: Buffer.from(fact.salt),
        digest: Buffer.from(fact.digest),
      })),
    }));
    two!.facts[0]!.bytes[9]! ^= 1;
    expect(check([one!, two!, three!])).toEqual([
      {
        streamId: place.streamId,
        version: 2,
        problem: expect.stringMatching(/^the bytes of fact 0 \(counter.added, .*\) were changed$/),
      },
    ]);
  });
  it('names a gap, and a commit put in from elsewhere', () => {
    expect(check([commits[0]!, commits[2]!])).toMatchObject([{ version: 3, problem: 'commits 2 to 2 are missing' }]);
    const other = commitOf(place.tenant, place.streamId, { ...commits[0]!, hash: Buffer.alloc(32) }, [], [], 1);
    expect(check([commits[0]!, other])).toMatchObject([
      { version: 2, problem: expect.stringContaining('does not fit the chain') },
    ]);
  });
});
