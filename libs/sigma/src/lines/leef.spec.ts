import { growthOfText, LINEAR } from '#libs/measure';
import { leefOf } from './leef.js';

const HEADER = { deviceVendor: 'V', deviceProduct: 'P', deviceVersion: '1', EventID: 'ID', signatureId: 'ID' };
const FIELDS = { src: '10.1.2.3', usrName: 'joe black', url: 'http://h.test/?a=b' };

describe('a record in the Log Event Extended Format', () => {
  it.each([
    ['version 1', 'LEEF:1.0|V|P|1|ID|src=10.1.2.3\tusrName=joe black\turl=http://h.test/?a=b'],
    [
      'behind a header',
      '<134>Nov 28 10:00:00 fw LEEF:1.0|V|P|1|ID|src=10.1.2.3\tusrName=joe black\turl=http://h.test/?a=b',
    ],
    [
      'behind a header of RFC 5424',
      '<134>1 2026-11-28T10:00:00Z fw a - - - LEEF:1.0|V|P|1|ID|src=10.1.2.3\tusrName=joe black\turl=http://h.test/?a=b',
    ],
    ['a tab as a relay writes it', 'LEEF:1.0|V|P|1|ID|src=10.1.2.3#011usrName=joe black#011url=http://h.test/?a=b'],
    ['a tab that became a blank', 'LEEF:1.0|V|P|1|ID|src=10.1.2.3 usrName=joe black url=http://h.test/?a=b'],
    ['version 2, a character', 'LEEF:2.0|V|P|1|ID|^|src=10.1.2.3^usrName=joe black^url=http://h.test/?a=b'],
    ['version 2, its number', 'LEEF:2.0|V|P|1|ID|0x09|src=10.1.2.3\tusrName=joe black\turl=http://h.test/?a=b'],
    [
      'version 2, its number without the zero',
      'LEEF:2.0|V|P|1|ID|x5E|src=10.1.2.3^usrName=joe black^url=http://h.test/?a=b',
    ],
    ['version 2, nothing', 'LEEF:2.0|V|P|1|ID||src=10.1.2.3\tusrName=joe black\turl=http://h.test/?a=b'],
    ['version 2, not even a bar', 'LEEF:2.0|V|P|1|ID|src=10.1.2.3\tusrName=joe black\turl=http://h.test/?a=b'],
    ['version 2, a word', 'LEEF:2.0|V|P|1|ID|;;|src=10.1.2.3;;usrName=joe black;;url=http://h.test/?a=b'],
    ['version 2, a tab itself', 'LEEF:2.0|V|P|1|ID|\t|src=10.1.2.3\tusrName=joe black\turl=http://h.test/?a=b'],
  ])('has its attributes whatever stands between them: %s', (_, line) =>
    expect(leefOf(line)).toEqual({ ...HEADER, ...FIELDS }),
  );

  it.each<[string, Record<string, unknown>]>([
    ['src=10.1.2.3\tmsg=x src=10.9.9.9\tsrc=10.9.9.9', { src: '10.1.2.3', msg: 'x src=10.9.9.9' }],
    ['deviceVendor=Other\tEventID=9\tderived.server=dc01', { ...HEADER, 'derived.server': undefined }],
    ['usrName=Zoë\tempty=\t=b\tnoise\tmsg=日本語', { usrName: 'Zoë', empty: undefined, msg: '日本語' }],
  ])('takes no attribute out of another, and none of the header or of ours: %s', (attributes, fields) => {
    const read = leefOf(`LEEF:1.0|V|P|1|ID|${attributes}`) ?? {};
    for (const [name, value] of Object.entries(fields)) expect([name, read[name]]).toEqual([name, value]);
  });

  it('undoes escaped bars of the header', () =>
    expect(leefOf('LEEF:1.0|V\\|x|P|1|I\\\\D|a=b')).toMatchObject({ deviceVendor: 'V|x', EventID: 'I\\D' }));

  it.each([
    ['devTime=1795843682123', '2026-11-28T05:28:02.123Z'],
    ['devTime=Nov 28 2026 05:28:02', '2026-11-28T05:28:02'],
    ['devTime=Nov 28 2026 05:28:02.250 CET', '2026-11-28T05:28:02.250+01:00'],
    ["devTime=2026-11-28T05:28:02.250+0100\tdevTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ", '2026-11-28T05:28:02.250+01:00'],
    ['devTime=28/11/2026 05:28:02\tdevTimeFormat=dd/MM/yyyy HH:mm:ss', '2026-11-28T05:28:02.0'],
    ['devTime=28.11.26 5:28 PM\tdevTimeFormat=dd.MM.yy h:mm a', '2026-11-28T17:28:00.0'],
    ['devTime=Sat Nov 28 05:28:02 UTC 2026\tdevTimeFormat=EEE MMM dd HH:mm:ss z yyyy', '2026-11-28T05:28:02.0+00:00'],
    ['devTime=Nov 28 2026 05:28:02\tdevTimeFormat=zzXXzzXX', '2026-11-28T05:28:02'],
    ['devTime=soon\tdevTimeFormat=HH:mm', undefined],
    ['devTime=', undefined],
  ])('was written at the time it says, in the format it says: %s', (attributes, time) =>
    expect(leefOf(`LEEF:1.0|V|P|1|ID|${attributes}`)?.['derived.time']).toBe(time),
  );

  it.each(['', 'LEEF:', 'LEEF:1.0|V|P', 'LEEF:3.0|V|P|1|ID|a=b', 'somebody wrote into this LEEF:1.0|V|P|1|ID|a=b'])(
    'is not what only looks like one: %s',
    (line) => expect(leefOf(line)).toBeUndefined(),
  );

  it.each([
    ['tabs', '\t'],
    ['names', 'a=1 '],
    ['hashes', '#011'],
  ])('costs time in proportion to the record: %s', (_, part) =>
    expect(growthOfText(leefOf, part, { begin: 'LEEF:1.0|V|P|1|ID|' })).toBeLessThan(LINEAR),
  );
});
