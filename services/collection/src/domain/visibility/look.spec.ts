import { HOUR_MS } from '#libs/terms';
import { tenantState } from '../../../test/tenant-state.js';
import { MONDAY, opened, receiptOfRange } from '../../../test/visibility-samples.js';
import { look } from './look.js';
import { watched } from './source-watch.js';

const known = {
  watches: [watched(undefined, receiptOfRange(0, 9), MONDAY)],
  hosts: [],
  registered: new Map(),
  open: [],
};
const watching = { since: MONDAY, now: MONDAY + 2 * HOUR_MS };

it('of a source that was removed nothing is missed, and what was is not any more', () => {
  const { gaps } = look(tenantState('acme', ['edr', 'WINDOWS']), known, watching);
  expect(gaps).toMatchObject([{ kind: 'SOURCE_SILENT', source: 'edr' }]);
  const open = gaps.map(opened);
  expect(look(tenantState('acme'), { ...known, open }, watching)).toMatchObject({
    gaps: [],
    returns: [{ gapId: open[0]?.gapId, ending: 'NOT_EXPECTED' }],
  });
});
