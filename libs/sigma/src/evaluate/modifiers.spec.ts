import { item, matches, reasonOf } from '../../test/rules.js';

const yes = (key: string, value: string, event: Parameters<typeof matches>[1]): void =>
  expect(matches(item(key, value), event)).toBe(true);
const no = (key: string, value: string, event: Parameters<typeof matches>[1]): void =>
  expect(matches(item(key, value), event)).toBe(false);

describe('where text lies', () => {
  it('contains finds text anywhere', () => {
    yes('a|contains', "'lo w'", { a: 'hello world' });
    no('a|contains', "'low'", { a: 'hello world' });
  });
  it('startswith and endswith hold at the edges alone', () => {
    yes('a|startswith', 'hel', { a: 'hello' });
    no('a|startswith', 'ello', { a: 'hello' });
    yes('a|endswith', "'\\cmd.exe'", { a: 'C:\\Windows\\cmd.exe' });
    no('a|endswith', "'\\cmd.exe'", { a: 'C:\\cmd.exe.bak' });
  });
  it('a question mark inside endswith stands for one character: 1? is found in 0x10', () => {
    yes('AccessMask|endswith', "'1?'", { AccessMask: '0x10' });
    no('AccessMask|endswith', "'1?'", { AccessMask: '0x1' });
    yes('a|contains', "'b?d'", { a: 'abcde' });
    yes('a|startswith', "'?b'", { a: 'abc' });
  });
  it('all asks for every value', () => {
    yes('a|contains|all', '[one, two]', { a: 'two and one' });
    no('a|contains|all', '[one, two]', { a: 'one' });
  });
  it('a number is text to contains', () => yes('a|contains', '23', { a: 12345 }));
});

describe('case', () => {
  it('does not matter by default', () => yes('a', 'CMD.exe', { a: 'cmd.EXE' }));
  it('matters with cased', () => {
    yes('a|cased', 'CMD', { a: 'CMD' });
    no('a|cased', 'CMD', { a: 'cmd' });
    no('a|contains|cased', 'MD', { a: 'cmd' });
    no('a|cased', '[CMD, Cmd]', { a: 'cmd' });
  });
  it('folds letters beyond ASCII, a final sigma among them', () => {
    yes('a', 'ÉTÉ', { a: 'été' });
    yes('a|contains', "'ΑΣ'", { a: 'ΑΣΑ' });
    yes('a|contains', "'ας'", { a: 'ΑΣΑ' });
  });
});

describe('re', () => {
  it('searches, and minds the case', () => {
    yes('a|re', "'b+c'", { a: 'abbbcd' });
    no('a|re', "'B+C'", { a: 'abbbcd' });
    yes('a|re', "'^a.*d$'", { a: 'abbbcd' });
  });
  it('i lets case go, m anchors at lines, s lets a dot be a line break', () => {
    yes('a|re|i', "'B+C'", { a: 'abbbcd' });
    yes('a|re|m', "'^two$'", { a: 'one\ntwo\nthree' });
    no('a|re', "'^two$'", { a: 'one\ntwo\nthree' });
    yes('a|re|s', "'one.two'", { a: 'one\ntwo' });
    no('a|re', "'one.two'", { a: 'one\ntwo' });
  });
  it('takes flags written at the start', () => yes('a|re', "'(?i)B+C'", { a: 'abbbcd' }));
  it('keeps its backslashes', () => yes('a|re', "'\\\\temp\\\\\\d{2}'", { a: 'c:\\temp\\12' }));
});

describe('cidr', () => {
  it('knows IPv4 and IPv6', () => {
    yes('ip|cidr', '10.0.0.0/8', { ip: '10.200.3.4' });
    no('ip|cidr', '10.0.0.0/8', { ip: '11.0.0.1' });
    yes('ip|cidr', "'fe80::/10'", { ip: 'FE80::1%eth0' });
    no('ip|cidr', "'fe80::/10'", { ip: '10.0.0.1' });
    yes('ip|cidr', "['192.168.0.0/16', '::1/128']", { ip: '::1' });
  });
  it('sees IPv4 written as IPv6', () => yes('ip|cidr', '10.0.0.0/8', { ip: '::ffff:10.1.2.3' }));
  it('is not fooled by text or odd notations', () => {
    no('ip|cidr', '10.0.0.0/8', { ip: 'host' });
    no('ip|cidr', '10.0.0.0/8', { ip: '10.1' });
  });
  it('refuses what is no network', () =>
    expect(reasonOf(item('ip|cidr', '10.0.0/99'))).toMatch(/^7: .*'10.0.0\/99' is not an IPv4 or IPv6 network/));
});

describe('encodings', () => {
  it('base64 encodes the value', () => yes('a|base64', 'foobar', { a: 'Zm9vYmFy' }));
  it('base64offset finds it wherever it starts', () => {
    for (const before of ['', 'x', 'xy', 'xyz'])
      yes('a|base64offset|contains', 'http://', { a: Buffer.from(`${before}http://example`).toString('base64') });
    no('a|base64offset|contains', 'http://', { a: Buffer.from('ftp://example').toString('base64') });
  });
  it('wide and utf16le double the bytes, utf16be swaps them, utf16 marks them', () => {
    const encoded = (encoding: BufferEncoding): string => Buffer.from('ping', encoding).toString('base64');
    yes('a|wide|base64', 'ping', { a: encoded('utf16le') });
    yes('a|utf16le|base64', 'ping', { a: encoded('utf16le') });
    yes('a|utf16be|base64', 'ping', { a: Buffer.from('ping', 'utf16le').swap16().toString('base64') });
    yes('a|utf16|base64', 'ping', {
      a: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ping', 'utf16le')]).toString('base64'),
    });
    yes('a|wide|base64offset|contains', 'IEX', { a: Buffer.from('x = IEX (1)', 'utf16le').toString('base64') });
  });
  it('wide alone looks for the zero bytes in text', () => yes('a|wide|contains', 'ab', { a: 'xa\u0000b\u0000' }));
  it('refuses wildcards', () =>
    expect(reasonOf(item('a|base64', "'a*b'"))).toContain("wildcards cannot be combined with 'base64'"));
});

describe('windash', () => {
  it('takes every dash for every other', () => {
    for (const dash of ['-', '/', '–', '—', '―']) {
      yes('a|windash|contains', "' -enc '", { a: `powershell ${dash}enc xyz` });
      yes('a|contains|windash', "' /f'", { a: `del ${dash}F x` });
    }
    no('a|windash|contains', "' -enc '", { a: 'powershell _enc xyz' });
  });
  it('spells the dashes out before an encoding', () =>
    yes('a|windash|base64', "'-a'", { a: Buffer.from('/a').toString('base64') }));
});

describe('fieldref', () => {
  it('compares two fields of the event', () => {
    yes('a|fieldref', 'b', { a: 'Same', b: 'same' });
    no('a|fieldref', 'b', { a: 'one', b: 'two' });
    no('a|fieldref', 'b', { a: 'one' });
    no('a|fieldref|cased', 'b', { a: 'Same', b: 'same' });
    yes('a|fieldref|startswith', 'b', { a: 'same and more', b: 'same' });
    yes('a|fieldref|neq', 'b', { a: 'one', b: 'two' });
  });
});

describe('exists', () => {
  it('asks for the field, not for its value', () => {
    yes('a|exists', 'true', { a: 'x' });
    yes('a|exists', 'true', { a: null });
    yes('a|exists', 'true', { a: '' });
    no('a|exists', 'true', { b: 1 });
    yes('a|exists', 'false', { b: 1 });
  });
  it('needs a boolean', () => expect(reasonOf(item('a|exists', 'maybe'))).toContain("'exists' needs true or false"));
});

describe('neq', () => {
  it('is the contrary of the item', () => {
    yes('a|neq', 'x', { a: 'y' });
    no('a|neq', 'x', { a: 'X' });
    no('a|neq', '[x, y]', { a: 'y' });
    yes('a|contains|neq', 'x', { a: 'abc' });
    yes('a|neq', '5', { a: 6 });
  });
  it('holds when there is no such field, as a negated selection does', () => yes('a|neq', 'x', { b: 1 }));
});

describe('comparisons', () => {
  it('are numeric, also for numbers written as text', () => {
    yes('n|lt', '5', { n: 4 });
    no('n|lt', '5', { n: 5 });
    yes('n|lte', '5', { n: '5' });
    yes('n|gt', '1.5', { n: '10' });
    yes('n|gte', '-1', { n: -1 });
    no('n|gt', '1', { n: 'many' });
    no('n|gt', '1', { m: 2 });
  });
  it('refuse text', () => expect(reasonOf(item('n|gt', 'many'))).toContain("'gt' needs a number"));
});

describe('parts of a date', () => {
  const at = { t: '2026-03-01T22:41:07Z' };
  it('are read as written', () => {
    yes('t|minute', '41', at);
    yes('t|hour', '22', at);
    yes('t|day', '1', at);
    yes('t|week', '9', at);
    yes('t|month', '3', at);
    yes('t|year', '2026', at);
    no('t|hour', '23', at);
  });
  it('combine with comparisons', () => {
    yes('t|hour|gte', '20', at);
    no('t|hour|lt', '20', at);
    yes('t|year|neq', '2025', at);
  });
  it('know a space for the T and epoch numbers', () => {
    yes('t|hour', '7', { t: '2026-03-01 07:00:00' });
    yes('t|year', '2020', { t: 1_600_000_000 });
    yes('t|year', '2020', { t: 1_600_000_000_000 });
    no('t|hour', '0', { t: '2026-03-01' });
  });
});

describe('expand', () => {
  const placeholders = { servers: ['srv-?', 'dc*'], one: ['1'], two: ['2', '3'], none: [] };
  const given = (key: string, value: string, event: { a: string }): boolean =>
    matches(item(key, value), event, { placeholders });
  it('puts in the values, which may be patterns', () => {
    expect(given('a|expand', "'%servers%'", { a: 'SRV-7' })).toBe(true);
    expect(given('a|expand', "'%servers%'", { a: 'dc-paris' })).toBe(true);
    expect(given('a|expand', "'%servers%'", { a: 'laptop' })).toBe(false);
    expect(given('a|contains|expand', "'x%one%y%two%'", { a: '..x1y3..' })).toBe(true);
  });
  it('leaves escaped percent signs and plain text alone', () => {
    expect(given('a|expand', "'\\%x%one%'", { a: '%x1' })).toBe(true);
    expect(given('a', "'%one%'", { a: '%one%' })).toBe(true);
  });
  it('matches nothing with an empty list', () => expect(given('a|expand', "'%none%'", { a: '' })).toBe(false));
});

describe('keys that cannot be', () => {
  it.each([
    ['a|foo', 'x', "unknown modifier 'foo'"],
    ['a|i', 'x', "'i', 'm' and 's' belong after 're'"],
    ['a|re|cidr', 'x', "'re' and 'cidr' exclude each other"],
    ['a|lt|gt', '1', "'lt' and 'gt' exclude each other"],
    ['a|contains', 'null', "null cannot be combined with 'contains'"],
    ['a|re', "'('", 'not a valid regular expression'],
    ['a', '[]', 'an empty list of values'],
    ['a', '{b: c}', 'a value must be text, a number, a boolean or null'],
  ])('%s: %s is refused', (key, value, reason) => expect(reasonOf(item(key, value))).toContain(reason));
});
