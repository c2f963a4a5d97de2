import mongoose from 'mongoose';
import { malformed } from '#libs/testing';
import { isDuplicate, isPassing } from './errors.js';

const { MongoBulkWriteError, MongoNetworkError, MongoServerError } = mongoose.mongo;
const bulk = (writeErrors: object[], code?: number): Error =>
  new MongoBulkWriteError(malformed({ message: 'bulk', code, writeErrors }), malformed({}));

it('takes a network error within a bulk for what it is: no write error is no duplicate', () => {
  expect([isDuplicate(bulk([])), isPassing(bulk([]))]).toEqual([false, true]);
});
it('takes a bulk for a duplicate only when all of its errors are', () => {
  expect(isDuplicate(bulk([{ code: 11000 }, { code: 11000 }], 11000))).toBe(true);
  expect(isDuplicate(bulk([{ code: 11000 }, { code: 121 }], 11000))).toBe(false);
  expect(isPassing(bulk([{ code: 11000 }], 11000))).toBe(false);
});
it('tells what passes from what does not', () => {
  const passing = [
    new MongoNetworkError('reset'),
    new MongoServerError({ code: 10107 }),
    Object.assign(new Error('wrapped'), { cause: new MongoNetworkError('reset') }),
  ];
  const lasting = [
    new MongoServerError({ code: 11000 }),
    new MongoServerError({ code: 13 }),
    new TypeError('x'),
    undefined,
    'text',
  ];
  expect(passing.map(isPassing)).toEqual(passing.map(() => true));
  expect(lasting.map(isPassing)).toEqual(lasting.map(() => false));
  expect(isDuplicate(new MongoServerError({ code: 11000 }))).toBe(true);
});
