import { showing } from '#libs/testing';
import { ada } from '../../test/fact-order.js';
import { huntJournal } from './index.js';

it('remembers a hunt that found nothing', () =>
  expect(
    showing(huntJournal).of(
      {
        type: 'hunt.asked',
        huntId: 'h1',
        hypothesis: 'H',
        technique: 'T1003',
        query: { from: 1, to: 2, source: '', filters: [], limit: 10 },
        by: ada,
        at: 3,
      },
      {
        type: 'hunt.finished',
        huntId: 'h1',
        hypothesis: 'H',
        technique: 'T1003',
        rows: 0,
        scanned: 50,
        elapsedMs: 9,
        at: 4,
      },
    )['h1'],
  ).toMatchObject({ askedAt: 3, finished: { rows: 0, scanned: 50, failure: null } }));
