import { growthOfText, LINEAR } from '#libs/measure';
import { piecesIn } from './pieces.js';
import { windows } from './windows/index.js';

const event = (id: number, text = 'x'): string =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><EventID>${id}</EventID></System>` +
  `<EventData><Data Name="A">${text}</Data></EventData></Event>`;
const message = (xml: string): string => JSON.stringify({ message: xml });
const HEADER = '<14>1 2026-11-02T09:00:00Z ws1 nxlog 5 - - ';

const cut = (text: string | Buffer): string[] =>
  piecesIn(Buffer.from(text), windows.form).map(({ bytes, json }) => String(json ?? bytes));

describe('Windows events as XML', () => {
  it.each<[string, string, string[]]>([
    ['one', event(1), [message(event(1))]],
    ['one a line', `${event(1)}\n${event(2)}\r\n`, [message(event(1)), message(event(2))]],
    ['one behind the other', `${event(1)}${event(2)}`, [message(event(1)), message(event(2))]],
    ['over several lines', event(1, 'if {\n    x\n}'), [message(event(1, 'if {\n    x\n}'))]],
    [
      'in a document',
      `\ufeff<?xml version="1.0"?>\n<Events>\n${event(1)}\n<!-- x -->${event(2)}</Events>\n`,
      [message(event(1)), message(event(2))],
    ],
    ['behind a syslog header', `${HEADER}${event(1)}`, [message(event(1))]],
    ['among JSON', `{"EventID":1}\n${event(2)}\n{"EventID":3}`, ['{"EventID":1}', message(event(2)), '{"EventID":3}']],
    ['with NUL behind it', `${event(1)}\0`, [message(event(1))]],
  ])('are taken %s', (_, text, expected) => expect(cut(text)).toEqual(expected));

  it.each<[string, string, string[]]>([
    ['what stands behind an event', `${event(1)} more`, [message(event(1)), 'more']],
    ['an event that does not close', `${event(1)}\n<Event><System>\nx`, [message(event(1)), '<Event><System>', 'x']],
    ['a document that does not close', `<Events ${'\n'}x`, ['<Events', 'x']],
    ['another element', '<EventX>1</EventX>', ['<EventX>1</EventX>']],
    ['text before an event', `hello ${event(1)}`, [`hello ${event(1)}`]],
    ['text behind a header before an event', `${HEADER}hello ${event(1)}`, [`${HEADER}hello ${event(1)}`]],
  ])('leave a piece of its own: %s', (_, text, expected) => expect(cut(text)).toEqual(expected));

  it('keep their line as what a dead letter holds, and who the header says wrote it', () => {
    const line = `${HEADER}${event(1)}`;
    expect(piecesIn(Buffer.from(line), windows.form)).toMatchObject([
      { bytes: Buffer.from(line), header: { host: 'ws1' } },
    ]);
  });

  it('are not taken for other kinds of source', () =>
    expect(piecesIn(Buffer.from('<Event>\n</Event>'), {}).map(({ bytes }) => String(bytes))).toEqual([
      '<Event>',
      '</Event>',
    ]));

  it.each([
    ['events that do not close', '<Event \n'],
    ['comments that do not close', '<!-- \n'],
    ['empty events', '<Event></Event>'],
    ['headers', `${HEADER}<Event></Event>\n`],
  ])('cost no more than their length: %s', (_, part) =>
    expect(growthOfText((text) => piecesIn(Buffer.from(text), windows.form), part)).toBeLessThan(LINEAR),
  );
});
