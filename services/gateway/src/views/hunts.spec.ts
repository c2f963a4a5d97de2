import { showing } from '#libs/testing';
import { heardOf, idsOf, markOf } from '../../test/samples/index.js';
import { huntPages, hunts } from './hunts.js';

const ids = idsOf('acme');
const ada = { subject: 'ada', side: 'PROVIDER' } as const;

it('a hunt counts its rows, and its pages hold them', () => {
  expect(showing(hunts).of(...heardOf('acme', ...hunts.hears))[ids.hunt]).toMatchObject({
    finished: true,
    rowCount: 1,
    scanned: 5,
    columns: ['a'],
    askedBy: ada,
  });
  expect(showing(huntPages).of(...heardOf('acme', 'hunt.page'))).toEqual({
    [`${ids.hunt}/1`]: { huntId: ids.hunt, page: 1, rows: [`["${markOf('acme')}"]`] },
  });
});
