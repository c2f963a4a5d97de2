import { xmlOf } from './xml.js';

describe('XML of events', () => {
  it.each<[string, string, unknown]>([
    ['text', '<a>x</a>', { a: 'x' }],
    ['an empty element', '<a/>', { a: '' }],
    [
      'an empty one with attributes',
      '<a b=\'1\' c = "2" />',
      { a: { '#attributes': { b: '1', c: '2' }, '#text': '' } },
    ],
    ['children, one of them twice', '<a><b>1</b><c>2</c><b>3</b></a>', { a: { b: ['1', '3'], c: '2' } }],
    ['blanks and line breaks between elements', '<a>\r\n  <b>1</b>\n</a>\n', { a: { b: '1' } }],
    ['line breaks in text', '<a>1\n2</a>', { a: '1\n2' }],
    ['entities', '<a>&lt;x&gt; &amp; &quot;y&quot; &apos; &#65;&#x42;</a>', { a: '<x> & "y" \' AB' }],
    ['an entity in an entity, once', '<a>&amp;lt;</a>', { a: '&lt;' }],
    ['entities nobody knows, as written', '<a>&x; &#1114112; &#0; &</a>', { a: '&x; &#1114112; &#0; &' }],
    ['> in an attribute', '<a b="x>y">z</a>', { a: { '#attributes': { b: 'x>y' }, '#text': 'z' } }],
    ['CDATA', '<a><![CDATA[<b>&amp;]]></a>', { a: '<b>&amp;' }],
    ['namespaces', '<e:a xmlns:e="u" xmlns="v"><e:b>1</e:b></e:a>', { a: { b: '1' } }],
    ['a declaration, comments', '\ufeff<?xml version="1.0"?><!-- x > y --><a><!-- z -->1</a>', { a: '1' }],
    [
      'names of prototypes',
      '<a><__proto__>1</__proto__><constructor>2</constructor></a>',
      {
        a: JSON.parse('{"__proto__":"1","constructor":"2"}') as unknown,
      },
    ],
  ])('reads %s', (_, text, expected) => expect(xmlOf(text)).toEqual(expected));

  it.each([
    ['nothing', ''],
    ['text', 'x'],
    ['what is not closed', '<a><b>1</b>'],
    ['what is closed by another name', '<a>1</b>'],
    ['more behind the element', '<a>1</a>x'],
    ['two elements', '<a>1</a><b>2</b>'],
    ['an attribute without quotes', '<a b=1>2</a>'],
    ['an attribute that never ends', `<a b="1>2</a>`],
    ['a tag that never ends', '<a><b'],
    ['a comment that never ends', '<a><!-- 1</a>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['a document type in an element', '<a><!DOCTYPE b></a>'],
    ['a closing tag alone', '</a>'],
    ['a bare <', '<a>1 < 2</a>'],
    ['depth', `${'<a>'.repeat(25)}1${'</a>'.repeat(25)}`],
    ['too many elements', `<a>${'<b/>'.repeat(10_001)}</a>`],
    ['too many attributes', `<a ${Array.from({ length: 65 }, (_, at) => `b${at}="1"`).join(' ')}/>`],
  ])('does not read %s', (_, text) => expect(xmlOf(text)).toBeUndefined());

  it.each([
    ['<', '<'.repeat(1_000_000)],
    ['&', `<a>${'&'.repeat(1_000_000)}</a>`],
    ['&#', `<a>${'&#'.repeat(500_000)}</a>`],
    ['blanks', `<a${' '.repeat(1_000_000)}`],
    ['blanks in text', `<a>${' '.repeat(1_000_000)}</a>`],
    ['a long name', `<${'a'.repeat(1_000_000)}`],
    ['opening tags', '<a>'.repeat(333_333)],
    ['comments', `<a>${'<!---->'.repeat(140_000)}</a>`],
    ['CDATA', `<a>${'<![CDATA[]]>'.repeat(80_000)}</a>`],
    ['quotes', `<a ${'b="" '.repeat(200_000)}/>`],
    ['text cut by comments', `<a>${'x<!---->'.repeat(120_000)}</a>`],
  ])('takes a megabyte of %s in no time', (_, text) => {
    const before = process.cpuUsage();
    xmlOf(text);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(250);
  });
});
