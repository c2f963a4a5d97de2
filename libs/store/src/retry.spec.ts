import mongoose from 'mongoose';
import { patient } from './retry.js';

const log = { info: () => undefined, warn: jest.fn(), error: () => undefined };
const failing = (times: number, error: Error) => {
  let left = times;
  return jest.fn(async () => {
    if (left-- > 0) throw error;
    return 'done';
  });
};

it('tries again what a lost connection broke, and says so', async () => {
  const operation = failing(2, new mongoose.mongo.MongoNetworkError('reset'));
  await expect(patient(5_000, log)('testing', operation)).resolves.toBe('done');
  expect([operation.mock.calls.length, log.warn.mock.calls.length]).toEqual([3, 2]);
});
it('throws anything else as it is, at once', async () => {
  const operation = failing(1, new TypeError('mistake'));
  await expect(patient(5_000, log)('testing', operation)).rejects.toThrow(TypeError);
  expect(operation).toHaveBeenCalledTimes(1);
});
it('ends its patience with a fault that says what was being done', async () => {
  const operation = failing(100, new mongoose.mongo.MongoNetworkError('reset'));
  await expect(patient(100, log)('testing', operation)).rejects.toMatchObject({
    name: 'Fault',
    message: 'testing: reset',
  });
});
