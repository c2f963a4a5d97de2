import type { Attack } from '../attacks/attack.js';
import { attempt, isWell, summary } from './attempt.js';
import type { AttackWorlds } from './worlds.js';

const given: AttackWorlds = {
  world: () => Promise.reject(new Error('no world here')),
  startedMs: () => 0,
  starting: () => false,
  stop: async () => undefined,
};
const of = (over: Partial<Attack>): Attack => ({
  name: 'x',
  line: 1,
  control: () => true,
  attack: () => 'refused',
  mutation: { file: '', find: '', replace: '' },
  ...over,
});
const boom = (): never => {
  throw new Error('boom');
};

it('an attack that is refused, beside a control that succeeds, is as it should be', async () => {
  const outcome = await attempt(of({}), given);
  expect(outcome).toEqual({ name: 'x', line: 1, control: true, attack: 'refused' });
  expect([isWell(outcome), summary([outcome])]).toEqual([true, '1 attacks, 0 succeeded']);
});
it.each([
  [
    'succeeds',
    { attack: () => 'succeeded' as const },
    { control: true, attack: 'succeeded' },
    '1 attacks, 1 succeeded',
  ],
  [
    'throws',
    { attack: boom },
    { control: true, attack: 'failed', reason: 'attack: boom' },
    '1 attacks, 0 succeeded, 1 attacks failed',
  ],
  [
    'is refused while its control is too',
    { control: () => false },
    { control: false, attack: 'refused', reason: 'the rightful use does not succeed' },
    '1 attacks, 0 succeeded, 1 controls failed',
  ],
  [
    'is refused while its control throws',
    { control: boom },
    { control: false, attack: 'refused', reason: 'control: boom' },
    '1 attacks, 0 succeeded, 1 controls failed',
  ],
  [
    'wants a world that does not start',
    { attack: async ({ world }: AttackWorlds) => ((await world('tenants')) ? 'refused' : 'succeeded') },
    { attack: 'failed', reason: 'attack: no world here' },
    '1 attacks, 0 succeeded, 1 attacks failed',
  ],
])('an attack that %s is not well', async (_what, over, told, line) => {
  const outcome = await attempt(of(over), given);
  expect(outcome).toMatchObject(told);
  expect([isWell(outcome), summary([outcome])]).toEqual([false, line]);
});

it('an attack that hangs has failed', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick'] });
  try {
    const hanging = attempt(of({ attack: () => new Promise(() => undefined) }), given);
    await jest.advanceTimersByTimeAsync(61_000);
    expect(await hanging).toMatchObject({ attack: 'failed', reason: 'attack: the attack did not end within 60 s' });
  } finally {
    jest.useRealTimers();
  }
});
