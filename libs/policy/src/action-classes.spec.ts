import { ACTION_CLASSES, actionClassOf } from './action-classes.js';

describe.each(Object.values(ACTION_CLASSES))(
  '$actionClass',
  ({ actionClass, takesAway, inverse, defaultTtlMinutes, targetKind }) => {
    it('is the inverse of its inverse, on the same kind of target, and one of the two takes away', () =>
      expect(actionClassOf(inverse)).toMatchObject({ inverse: actionClass, targetKind, takesAway: !takesAway }));
    it('ends by itself if it takes away, and never if it gives back', () =>
      expect(defaultTtlMinutes > 0).toBe(takesAway));
  },
);
