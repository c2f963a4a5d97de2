import { Fault } from '#libs/model';
import { until } from './until.js';

const QUICK = { everyMs: 1 };

it('looks until something is found, and hands it over', async () => {
  const found = [undefined, null, false, 7];
  expect(await until('a number', () => found.shift(), 1_000, QUICK)).toBe(7);
});

it('says what was awaited when the time is over', async () =>
  expect(until('rain', () => false, 0, QUICK)).rejects.toThrow(new Fault('waited 0 s in vain for rain')));

it('ends with a look that throws', async () =>
  expect(until('rain', () => Promise.reject(new Error('blind')), 1_000, QUICK)).rejects.toThrow('blind'));

it('forgives a look that throws, when told so, but no fault', async () => {
  const forgiving = { ...QUICK, forgiving: true };
  const looks = [() => Promise.reject(new Error('refused')), () => 'sun'];
  expect(await until('the sun', () => looks.shift()?.(), 1_000, forgiving)).toBe('sun');
  const refuse = (): never => {
    throw new Error('refused');
  };
  await expect(until('the sun', refuse, 0, forgiving)).rejects.toThrow('in vain for the sun: Error: refused');
  const fail = (): never => {
    throw new Fault('it has ended');
  };
  await expect(until('the sun', fail, 1_000, forgiving)).rejects.toThrow('it has ended');
});

it('gives more time to what comes on, and none to what stands still', async () => {
  let looks = 0;
  const late = (): boolean => (looks += 1) > 20;
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => looks * 10_000);
  expect(await until('it', late, 15_000, { ...QUICK, progress: () => looks })).toBe(true);
  looks = 0;
  await expect(until('it', late, 15_000, { ...QUICK, progress: () => Math.min(looks, 5) })).rejects.toThrow(
    'waited 70 s in vain for it',
  );
  looks = 0;
  const never = (): boolean => (looks += 1) < 0;
  await expect(until('it', never, 15_000, { ...QUICK, progress: () => looks })).rejects.toThrow('waited 1810 s');
  clock.mockRestore();
});
