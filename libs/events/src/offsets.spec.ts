import { byTopic, Offsets } from './offsets.js';

const place = { topic: 't', partition: 0 };

describe('Offsets', () => {
  it('give what is done and not committed yet', () => {
    const offsets = new Offsets();
    offsets.note({ ...place, next: '5' });
    offsets.note({ ...place, next: '7' });
    offsets.note({ topic: 't', partition: 1, next: '2' });
    expect(offsets.pending()).toEqual([
      { ...place, next: '7' },
      { topic: 't', partition: 1, next: '2' },
    ]);
    offsets.committed([{ ...place, next: '7' }]);
    expect(offsets.pending()).toEqual([{ topic: 't', partition: 1, next: '2' }]);
  });

  it('commit again what moved while a commit was under way', () => {
    const offsets = new Offsets();
    offsets.note({ ...place, next: '5' });
    const underWay = offsets.pending();
    offsets.note({ ...place, next: '6' });
    offsets.committed(underWay);
    expect(offsets.pending()).toEqual([{ ...place, next: '6' }]);
  });

  it('forget everything with an assignment', () => {
    const offsets = new Offsets();
    offsets.note({ ...place, next: '5' });
    offsets.clear();
    expect(offsets.pending()).toEqual([]);
    expect(offsets.nextOf(place)).toBeUndefined();
  });

  it('have caught up when every end is reached, compared as numbers', () => {
    const offsets = new Offsets();
    offsets.note({ ...place, next: '10' });
    expect(offsets.reached([{ ...place, next: '9' }])).toBe(true);
    expect(offsets.reached([{ ...place, next: '11' }])).toBe(false);
    expect(offsets.reached([{ topic: 'empty', partition: 0, next: '0' }])).toBe(true);
  });
});

describe('byTopic', () => {
  it('groups', () => {
    expect(
      byTopic([
        { ...place, next: '1' },
        { topic: 'u', partition: 0, next: '2' },
        { topic: 't', partition: 3, next: '4' },
      ]),
    ).toEqual([
      {
        topic: 't',
        partitions: [
          { partition: 0, offset: '1' },
          { partition: 3, offset: '4' },
        ],
      },
      { topic: 'u', partitions: [{ partition: 0, offset: '2' }] },
    ]);
  });
});
