import { SIZES } from '#libs/events';
import { sizeOf, type SizeFlags } from './size-flags.js';

describe('the size of an installation', () => {
  it.each<[string, SizeFlags, object]>([
    ['nothing said: small, with the copies that the broker makes', {}, { partitions: 6 }],
    ['small', { size: 'small' }, SIZES.small],
    ['large', { size: 'large' }, { partitions: 48, replicas: 3, minInsync: 2 }],
    ['large with other partitions', { size: 'large', partitions: 96 }, { ...SIZES.large, partitions: 96 }],
    ['numbers alone', { partitions: 12, replicas: 2, minInsync: 1 }, { partitions: 12, replicas: 2, minInsync: 1 }],
  ])('%s', (_case, flags, meant) => expect(sizeOf(flags)).toEqual(meant));
});
