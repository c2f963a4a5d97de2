import { conditionOf, momentOf } from './exception-flags.js';

describe('a condition', () => {
  it('is a field and its value, as it is', () => {
    expect(conditionOf('Image|endswith=\\a.exe')).toEqual({ field: 'Image|endswith', values: ['\\a.exe'] });
    expect(conditionOf('CommandLine=a=b "c"')).toEqual({ field: 'CommandLine', values: ['a=b "c"'] });
  });
  it.each(['Image', '=x'])('is not %s', (text) => expect(() => conditionOf(text)).toThrow('Field=value'));
});

describe('an end', () => {
  it('is a day or a time', () => {
    expect(momentOf('2027-01-31')).toBe('2027-01-31T00:00:00.000Z');
    expect(momentOf('2027-01-31T18:00:00+01:00')).toBe('2027-01-31T17:00:00.000Z');
  });
  it.each(['tomorrow', '2027-02-30', '31.1.2027', '2027-01-31T18:00', ''])('is not %s', (text) =>
    expect(() => momentOf(text)).toThrow('neither a day'),
  );
});
