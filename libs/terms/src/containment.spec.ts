import { contains } from './containment.js';

describe('an action', () => {
  it.each(['isolate-host', 'suspend-user'])('of class %s contains while it stands verified', (actionClass) => {
    expect(contains({ actionClass, state: 'VERIFIED' })).toBe(true);
    expect(contains({ actionClass, state: 'REVERTING' })).toBe(false);
    expect(contains({ actionClass, state: 'REVERTED' })).toBe(false);
  });
  it('of another class contains nothing', () =>
    expect(contains({ actionClass: 'release-host', state: 'VERIFIED' })).toBe(false));
});
