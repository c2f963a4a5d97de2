import { growthOfText, LINEAR } from '#libs/measure';
import { w3cOf } from './w3c.js';

const OF_IIS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken';
const LINE = '2026-11-28 05:00:01 10.0.0.1 GET /a x=1 443 - 192.0.2.7 Mozilla/5.0+(X) - 200 0 0 15';
const READ = {
  date: '2026-11-28',
  time: '05:00:01',
  'derived.time': '2026-11-28T05:00:01Z',
  's-ip': '10.0.0.1',
  'cs-method': 'GET',
  'cs-uri-stem': '/a',
  'cs-uri-query': 'x=1',
  's-port': '443',
  'c-ip': '192.0.2.7',
  'cs(User-Agent)': 'Mozilla/5.0+(X)',
  'sc-status': '200',
  'sc-substatus': '0',
  'sc-win32-status': '0',
  'time-taken': '15',
};

describe("a line of a log in W3C's extended format", () => {
  it.each<[string, string, string | undefined, object | undefined]>([
    ['the names it is told', LINE, OF_IIS, READ],
    ['the names it is told, with blanks around', LINE, ` ${OF_IIS} `, READ],
    ['the names of IIS', LINE, undefined, READ],
    [
      'the names of CloudFront',
      '2026-11-28\t05:00:01\tFRA56-P1\t500\t192.0.2.7\tGET\td1.cloudfront.net\t/a\t200\t-\tcurl\tx=1\t-\tHit\tid\twww.acme.test\thttps\t100\t0.1\t-\tTLSv1.3\tx\tHit\tHTTP/2.0',
      undefined,
      expect.objectContaining({
        'derived.time': '2026-11-28T05:00:01Z',
        'c-ip': '192.0.2.7',
        'cs(Host)': 'd1.cloudfront.net',
        'cs-uri-query': 'x=1',
        'sc-status': '200',
      }),
    ],
    ['no names where tabs stand between values of something else', LINE.replaceAll(' ', '\t'), undefined, undefined],
    ['the names of an older IIS', LINE.replace(' - 200', ' 200'), undefined, READ],
    [
      'names in another order',
      '192.0.2.7 05:00:01 2026-11-28',
      'c-ip time date',
      {
        'c-ip': '192.0.2.7',
        time: '05:00:01',
        date: '2026-11-28',
        'derived.time': '2026-11-28T05:00:01Z',
      },
    ],
    [
      'tabs between',
      '192.0.2.7\tada smith\t200',
      'c-ip cs-username sc-status',
      {
        'c-ip': '192.0.2.7',
        'cs-username': 'ada smith',
        'sc-status': '200',
      },
    ],
    [
      'quotes around a value with blanks',
      '192.0.2.7 "Mozilla/5.0 (X)" 200',
      'c-ip cs(User-Agent) sc-status',
      {
        'c-ip': '192.0.2.7',
        'cs(User-Agent)': 'Mozilla/5.0 (X)',
        'sc-status': '200',
      },
    ],
    [
      'a quote that is not around a value',
      '192.0.2.7 "Mozilla 200',
      'c-ip cs(User-Agent) sc-status',
      {
        'c-ip': '192.0.2.7',
        'cs(User-Agent)': '"Mozilla',
        'sc-status': '200',
      },
    ],
    [
      'less than it is told',
      '192.0.2.7 /a',
      'c-ip cs-uri-stem sc-status',
      { 'c-ip': '192.0.2.7', 'cs-uri-stem': '/a' },
    ],
    ['a name twice', '192.0.2.7 10.9.9.9', 'c-ip c-ip', { 'c-ip': '192.0.2.7' }],
    ['more than it is told', '192.0.2.7 /a b 200', 'c-ip cs-uri-stem sc-status', undefined],
    ['more than IIS writes', `${LINE} 7`, undefined, undefined],
    ['something else of as many words', '2026-11-28 05:00:01 a b c d e f g h i j k l m', undefined, undefined],
    ['text', 'hello world', undefined, undefined],
    ['nothing', '', undefined, undefined],
  ])('is read under %s', (_, line, names, fields) => expect(w3cOf(line, names)).toEqual(fields));

  it.each([
    ['words', 'a '],
    ['quotes', '"'],
    ['quoted words', '"a '],
    ['tabs', '\t'],
  ])('costs time in proportion to the line: %s', (_, part) => {
    expect(growthOfText((line) => w3cOf(line, OF_IIS), part)).toBeLessThan(LINEAR);
    const begin = '2026-11-28 05:00:01 ';
    expect(growthOfText((line) => w3cOf(line, undefined), part, { begin })).toBeLessThan(LINEAR);
  });
});
