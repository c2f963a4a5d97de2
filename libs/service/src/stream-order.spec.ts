import type { Envelope } from '#libs/model';
import { positionOf } from '#libs/store';
import { metFactOf, ordered, type MetFact } from './stream-order.js';

const at = (version: number, index = 0): number => positionOf({ version, index });

/** `1` a fact alone in its commit, `2.0/3` the first of three, `4!` one that cannot be read, `b:1` of stream b. */
const met = (text: string): MetFact => {
  const [, stream = 'a', version, index = '0', count = '1', mark] =
    /^(?:(\w):)?(\d+)(?:\.(\d+)\/(\d+))?(!)?$/.exec(text) ?? [];
  const fact = metFactOf(
    {
      ...{ id: text, type: 'case.opened', source: 'cases', subject: `case/acme/${stream}`, time: 0, tenant: 'acme' },
      sequence: { version: Number(version), index: Number(index), count: Number(count) },
    },
    mark && 'BAD_AVRO: broken',
  );
  if (!fact) throw new Error(`${text} has no place`);
  return fact;
};

const LATE = (version: number): string => `Facts from version ${version} on have not come.`;

it.each<{ sentence: string; known?: number; facts: string; passes: string; next?: number; gap?: object }>([
  { sentence: 'a stream that is met begins where it is met', facts: '7', passes: '7', next: at(8) },
  { sentence: 'what comes next passes', known: at(2), facts: '2 3 4', passes: '2 3 4', next: at(5) },
  { sentence: 'what comes again passes, and moves nothing', known: at(5), facts: '3 4', passes: '3 4' },
  { sentence: 'what comes again before what is next', known: at(3), facts: '2 3', passes: '2 3', next: at(4) },
  {
    sentence: 'facts of one commit come one after the other',
    known: at(2),
    facts: '2.0/3 2.1/3 2.2/3 3',
    passes: '2.0/3 2.1/3 2.2/3 3',
    next: at(4),
  },
  {
    sentence: 'what comes too early waits, and all behind it',
    known: at(2),
    facts: '3 4',
    passes: '',
    next: at(2),
    gap: { to: at(4), beyond: at(3), reason: LATE(2) },
  },
  {
    sentence: 'a fact missing inside a commit is a gap',
    known: at(2),
    facts: '2.0/3 2.2/3',
    passes: '2.0/3',
    next: at(2, 1),
    gap: { to: at(2, 2), beyond: at(2, 2), reason: LATE(2) },
  },
  {
    sentence: 'the end of a commit that is missing is a gap',
    known: at(2),
    facts: '2.0/2 3',
    passes: '2.0/2',
    next: at(2, 1),
    gap: { to: at(3), beyond: at(3), reason: LATE(2) },
  },
  {
    sentence: 'when all has come again in order, nothing waits',
    known: at(2),
    facts: '3 2 3 4',
    passes: '2 3 4',
    next: at(5),
  },
  {
    sentence: 'what has come in part leaves the rest waiting',
    known: at(2),
    facts: '5 2 3',
    passes: '2 3',
    next: at(4),
    gap: { to: at(5), beyond: at(5), reason: LATE(2) },
  },
  {
    sentence: 'what cannot be read holds its stream',
    known: at(2),
    facts: '2! 3',
    passes: '',
    next: at(2),
    gap: { to: at(3), beyond: at(3), reason: 'BAD_AVRO: broken' },
  },
  {
    sentence: 'what cannot be read and is the last holds its stream as well',
    known: at(2),
    facts: '2!',
    passes: '',
    next: at(2),
    gap: { to: at(2), beyond: at(3), reason: 'BAD_AVRO: broken' },
  },
  {
    sentence: 'what cannot be read holds a stream that was not met',
    facts: '4! 5',
    passes: '',
    next: at(4),
    gap: { to: at(5), beyond: at(5), reason: 'BAD_AVRO: broken' },
  },
  {
    sentence: 'what cannot be read and was read before holds nothing',
    known: at(5),
    facts: '3! 5',
    passes: '5',
    next: at(6),
  },
  {
    sentence: 'what could not be read comes again and can be',
    known: at(2),
    facts: '2! 3 2 3',
    passes: '2 3',
    next: at(4),
  },
  {
    sentence: 'of other streams nothing waits',
    known: at(2),
    facts: '3 b:1 b:2 4',
    passes: 'b:1 b:2',
    next: at(2),
    gap: { to: at(4), beyond: at(3), reason: LATE(2) },
  },
])('$sentence', ({ known, facts, passes, next, gap }) => {
  const names = facts.split(' ');
  const { mayPass, read } = ordered(names.map(met), (stream) => (stream === 'case/acme/a' ? known : undefined));
  expect(names.filter((_, index) => mayPass[index]).join(' ')).toBe(passes);
  expect(read.get('case/acme/a')).toEqual(next === undefined ? undefined : { next, ...(gap ? { gap } : {}) });
});

const envelope: Envelope = {
  ...{ id: '1', type: 'case.opened', source: 'cases', subject: 'case/acme/1', time: 0, tenant: 'acme' },
  sequence: { version: 1, index: 0, count: 1 },
};
it.each<[sentence: string, change: Partial<Envelope>]>([
  ['of no stream', { sequence: undefined as unknown as NonNullable<Envelope['sequence']> }],
  ['of a stream of another tenant', { subject: 'case/umbra/1' }],
  ['of a stream of another subject', { subject: 'action/acme/1' }],
  ['of a commit that cannot be', { sequence: { version: 2 ** 40, index: 0, count: 1 } }],
  ['outside its commit', { sequence: { version: 1, index: 1, count: 1 } }],
])('a fact %s has no place that others wait for', (_sentence, change) =>
  expect(metFactOf({ ...envelope, ...change })).toBeUndefined(),
);
