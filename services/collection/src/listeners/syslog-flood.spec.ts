import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { until } from '../../test/opened.js';
import { syslogGround, type SyslogGround } from '../../test/syslog-ground.js';
import { MOST_APPENDED_BYTES } from './packing.js';

describe('the syslog listener', () => {
  let ground: SyslogGround;
  afterEach(() => ground.end());

  const begin = async (most: Parameters<typeof syslogGround>[0] = {}) => {
    ground = syslogGround(most);
    const at = (tenant: string) => ground.listen({ port: 0, transport: 'tcp', tenant, source: 'fw' });
    return { ...ground, acme: await at('acme'), globex: await at('globex') };
  };

  it('holds no more than a frame of a line without an end: its beginning is taken, flagged, and the next line whole', async () => {
    const { acme, taken } = await begin();
    const { socket } = await ground.dial(acme.port, 'x'.repeat(3 * 1024 * 1024));
    socket.write('\n<13>next\n');
    await until(() => taken.length === 2);
    expect(taken.map(({ truncated, events }) => [truncated, events.map(({ length }) => length)])).toEqual([
      [true, [MOST_APPENDED_BYTES]],
      [false, [8]],
    ]);
  });

  it('takes a line whose end does not come, flagged, after half a minute', async () => {
    const { acme, clock, taken } = await begin();
    await ground.dial(acme.port, '<13>begun');
    await until(() => {
      clock.ms += 31_000;
      acme.sweep();
      return taken.length === 1;
    });
    expect(taken).toEqual([{ tenant: 'acme', events: ['<13>begun'], truncated: true }]);
  });

  it('bounds the connections of a tenant; another has his own', async () => {
    const { acme, globex, taken } = await begin();
    const made = await Promise.all(Array.from({ length: 6 }, () => ground.dial(acme.port, '')));
    await until(() => made.filter(({ seen }) => seen.closed).length === 3);
    await ground.dial(globex.port, '<13>a\n');
    await until(() => taken.some(({ tenant }) => tenant === 'globex'));
  });

  it('bounds the connections of an address at all ports, and says whose they are', async () => {
    const { acme, globex, warned, refused, taken } = await begin({ ofAddress: 2, ofTenant: 10 });
    const made = await Promise.all(Array.from({ length: 4 }, () => ground.dial(acme.port, '')));
    await until(() => made.filter(({ seen }) => seen.closed).length === 2);
    const { seen } = await ground.dial(globex.port, '<13>a\n');
    await until(() => seen.closed);
    acme.sweep();
    expect(warned).toEqual([expect.objectContaining({ tenant: 'acme', refused: 2, crowded: '127.0.0.1' })]);
    expect(refused).toEqual(['address', 'address', 'address']);
    const other = connect({ port: globex.port, host: '127.0.0.1', localAddress: '127.0.0.2' });
    ground.atEnd(() => other.destroy());
    other.write('<13>from elsewhere\n');
    await until(() => taken.some(({ tenant }) => tenant === 'globex'));
  });

  it('reads no more of a tenant that has his quarter of the room, and goes on when there is room again', async () => {
    const { acme, globex, clock, taken } = await begin({ bytes: 800_000 });
    await ground.dial(acme.port, 'x'.repeat(900_000));
    await ground.dial(globex.port, '<13>a\n');
    await until(() => taken.some(({ tenant }) => tenant === 'globex'));
    expect(taken.filter(({ tenant }) => tenant === 'acme')).toEqual([]);
    await until(() => {
      clock.ms += 31_000;
      acme.sweep();
      return (
        taken
          .filter(({ tenant }) => tenant === 'acme')
          .flatMap(({ events }) => events)
          .join('').length === 900_000
      );
    });
  });

  it('takes what waited for room when its sender closed', async () => {
    const { acme, taken } = await begin({ bytes: 800_000 });
    await ground.dial(acme.port, 'x'.repeat(900_000));
    const { socket } = await ground.dial(acme.port, '<13>one\n<13>two\n');
    socket.end();
    await until(() => taken.some(({ events }) => String(events.at(-1)) === '<13>two'));
  });

  /** What hostile and broken senders send, and what becomes of it once they fall silent or go. */
  it.each<[string, string[], 'silent' | 'gone', string[]]>([
    ['a count that lies, and silence', ['9999 <13>one\n', '<13>two\n'], 'silent', ['<13>one\n<13>two\n']],
    ['a count of a million, and silence', ['1000000 <13>x'], 'silent', ['<13>x']],
    ['a count of nothing but digits', ['1234567'], 'silent', ['1234567']],
    ['a frame drop by drop', [...'<13>drop by drop'], 'silent', ['<13>drop by drop']],
    ['half a frame, and a reset', ['<13>whole\n<13>hal'], 'gone', ['<13>whole', '<13>hal']],
    ['half a counted frame, and a reset', ['9 <13>whole12 <13>hal'], 'gone', ['<13>whole', '<13>hal']],
    ['a connection that only opens, and a reset', [], 'gone', []],
  ])('takes of %s what came, flagged, and gives its room back', async (_name, chunks, ends, expected) => {
    const { acme, globex, clock, bytes } = await begin();
    const { socket } = await ground.dial(acme.port, '');
    for (const chunk of chunks) await new Promise((sent) => socket.write(chunk, sent));
    await ground.dial(globex.port, '<13>beside\n');
    await until(() => ground.events('globex').length === 1);
    if (ends === 'gone') {
      const sent = ground.events('acme').length > 0 || expected.length === 0;
      if (!sent) await until(() => ground.events('acme').length > 0);
      socket.resetAndDestroy();
    }
    await until(() => {
      clock.ms += 31_000;
      acme.sweep();
      return ground.events('acme').join().length === expected.join().length;
    });
    expect(ground.events('acme')).toEqual(expected);
    const cut = ground.taken.filter(({ tenant, truncated }) => tenant === 'acme' && truncated);
    expect(cut).toHaveLength(expected.length > 0 ? 1 : 0);
    await until(() => bytes.held === 0);
  });

  it('closes a connection on which nothing comes for an hour', async () => {
    const { acme, clock } = await begin();
    const { seen } = await ground.dial(acme.port, '');
    await until(() => {
      clock.ms += 3_700_000;
      acme.sweep();
      return seen.closed;
    });
  });

  it('hears to their end those who send while it is closed, and lets the idle ones go', async () => {
    const { acme } = await begin();
    const [sending, idle] = [await ground.dial(acme.port, '<13>before\n'), await ground.dial(acme.port, '')];
    await until(() => ground.events('acme').length === 1);
    sending.socket.write('<13>under way\n');
    await acme.close();
    expect(ground.events('acme')).toEqual(['<13>before', '<13>under way']);
    await until(() => idle.seen.closed);
  });
});

describe('syslog over UDP', () => {
  let ground: SyslogGround;
  afterEach(() => ground.end());

  it('takes ten thousand datagrams of a few bytes at once, or says how many were lost, and no neighbour is kept waiting', async () => {
    ground = syslogGround();
    const at = (tenant: string) => ground.listen({ port: 0, transport: 'udp', tenant, source: 'fw' });
    const [acme, globex] = [await at('acme'), await at('globex')];
    const socket = createSocket('udp4');
    ground.atEnd(() => socket.close());
    const send = (text: string, port: number) =>
      new Promise((sent) => {
        socket.send(text, port, '127.0.0.1', sent);
      });
    const lost = (): number => ground.warned.reduce((sum, { dropped = 0 }) => sum + dropped, 0);
    await Promise.all(Array.from({ length: 10_000 }, () => send('<13>a', acme.port)));
    await send('<13>beside', globex.port);
    await until(() => ground.events('globex').length === 1);
    await until(() => {
      acme.sweep();
      return ground.events('acme').length + lost() === 10_000;
    });
    expect(ground.events('acme').length).toBeGreaterThan(0);
    await until(() => ground.bytes.held === 0);
  });
});
