import type { RequestAnswered } from '#contracts';
import { heard, showing } from '#libs/testing';
import { answers, bucketOf } from './answers.js';

describe('answers', () => {
  const answer = (requestId: string): RequestAnswered => ({
    type: 'request.answered',
    requestId,
    requestType: 'case.assign',
    outcome: 'DONE',
    code: '',
    message: '',
    streamId: '',
    version: 0,
  });
  const to = (requestId: string, correlationId = requestId, time = 1) =>
    heard(answer(requestId), { correlationId, time });
  it('to people are kept, once each, the newest last in whatever order they came', () => {
    const docs = showing(answers).of(
      to('ab1', 'ab1', 2),
      to('ab3', 'ab3', 3),
      to('ab2', 'ab2', 1),
      to('ab1', 'ab1', 2),
    );
    expect(docs[bucketOf('ab1')]?.answers.map(({ requestId }) => requestId)).toEqual(['ab2', 'ab1', 'ab3']);
  });
  it('to reactions are not', () => expect(showing(answers).of(to('ab1', 'the-cause'))).toEqual({}));
  it('to a service that makes the anchor of the day are not', () =>
    expect(
      showing(answers).of(heard({ ...answer('ab1'), requestType: 'anchor.make' }, { correlationId: 'ab1' })),
    ).toEqual({}));
  it('make room for newer ones', () =>
    expect(
      showing(answers).of(...Array.from({ length: 60 }, (_, index) => to(`ab${index}`)))['ab']?.answers,
    ).toHaveLength(50));
});
