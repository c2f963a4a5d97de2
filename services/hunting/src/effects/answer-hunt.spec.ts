import type { HuntAsked } from '#contracts';
import { heard } from '#libs/testing';
import type { LakeAnswer } from '../lake/ask.js';
import { answerHunt } from './answer-hunt.js';

const asked: HuntAsked = {
  type: 'hunt.asked',
  huntId: 'h1',
  hypothesis: '',
  technique: '',
  query: { from: 1, to: 2, source: '', filters: [], limit: 2 },
  by: { subject: 'ada', side: 'PROVIDER' },
  at: 1,
};

const answered = (ask: () => Promise<LakeAnswer>) =>
  answerHunt({ ask, elapsed: () => 5, log: { warn: () => undefined } }).perform(heard(asked), undefined, {
    resumed: false,
  });

describe('answering a hunt', () => {
  it('records pages, each with its own seed', async () => {
    const rows = Array.from({ length: 501 }, (_, at) => [at]);
    const requests = await answered(async () => ({ rows, scanned: 900, more: true }));
    expect(
      requests.map(
        ({
          seed,
          request: {
            page,
            rows: { length },
            last,
            scanned,
            cut,
          },
        }) => ({ seed, page, length, last, scanned, cut }),
      ),
    ).toEqual([
      { seed: '1', page: 1, length: 500, last: false, scanned: 900, cut: 'more than 2 rows match' },
      { seed: '2', page: 2, length: 1, last: true, scanned: 900, cut: 'more than 2 rows match' },
    ]);
  });

  it('says so when nothing was found, and when it failed', async () => {
    expect(await answered(async () => ({ rows: [], scanned: 3, more: false }))).toMatchObject([
      { request: { page: 1, rows: [], last: true, scanned: 3, failure: null } },
    ]);
    expect(
      await answered(async () => {
        throw new Error('broken');
      }),
    ).toMatchObject([{ request: { last: true, failure: expect.stringContaining('could not answer') } }]);
  });
});
