import { GraphQLError } from 'graphql';
import { Fault, Refused } from '#libs/model';
import { StoreAway } from '#libs/store';
import { malformed } from '#libs/testing';
import { tellError } from './errors.js';

const logged: { correlationId: string; err: Error }[] = [];
const keep = (fields: (typeof logged)[number]) => void logged.push(fields);
const tell = tellError(malformed({ error: keep, warn: keep }));
const told = (thrown: Error) => {
  const error = new GraphQLError(thrown.message, { originalError: thrown, path: ['cases'] });
  return tell({ ...error.toJSON(), extensions: { code: 'INTERNAL_SERVER_ERROR' } }, error);
};

it('says a refusal with its code', () =>
  expect(told(new Refused('first is 1 to 200', 'BAD_LIMIT'))).toMatchObject({
    message: 'first is 1 to 200',
    extensions: { code: 'BAD_LIMIT' },
  }));
it('hides our own faults behind an id that the log has too', () => {
  const answer = told(new Fault('mongodb://user:secret@host is away'));
  expect(JSON.stringify(answer)).not.toContain('secret');
  expect(answer.extensions).toEqual({ code: 'INTERNAL', correlationId: logged.at(-1)?.correlationId });
  expect(logged.at(-1)?.err.message).toContain('is away');
});
it('says that it may be asked again what the store did not answer in time', () => {
  const answer = told(new StoreAway('reading view cases: no answer within 5000 ms'));
  expect(answer).toMatchObject({ message: 'the answer took too long: ask again' });
  expect(answer.extensions).toEqual({ code: 'UNAVAILABLE', correlationId: logged.at(-1)?.correlationId });
});
it('names a limit that was passed', () =>
  expect(
    tell(
      {
        message: 'Syntax Error: Query depth limit of 12 exceeded',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit: 'TOO_DEEP' },
      },
      new Error('x'),
    ),
  ).toMatchObject({ message: 'the query: depth limit of 12 exceeded', extensions: { code: 'TOO_DEEP' } }));
it('leaves the codes of a bad query as they are, and nothing else of its extensions', () =>
  expect(
    tell(
      { message: 'no field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED', stacktrace: ['at x'] } },
      new Error('x'),
    ),
  ).toEqual({ message: 'no field', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }));
