import { disagreementFlag, disagreementIn } from './event-times.js';

it('is read as it was kept, among other flags', () => {
  const told = { counted: 'UtcTime', other: '@timestamp', aheadSeconds: -3_600 };
  expect(disagreementIn(['truncated', disagreementFlag(told)])).toEqual(told);
  expect(disagreementIn(['truncated', 'times-disagree:x'])).toBeUndefined();
});
