import { growthOfText, LINEAR } from '#libs/measure';
import { squidOf } from './squid.js';

const GET =
  '1795842001.123    200 10.1.2.3 TCP_MISS/200 1234 GET http://h.test/a?b=c ada HIER_DIRECT/203.0.113.9 text/html';

describe("a line of Squid's log", () => {
  it('says when, who, what and from where', () =>
    expect(squidOf(GET)).toEqual({
      request: 'GET http://h.test/a?b=c',
      fields: {
        'derived.time': '2026-11-28T05:00:01.123Z',
        'c-ip': '10.1.2.3',
        'sc-status': '200',
        'sc-bytes': '1234',
        'cs-username': 'ada',
        action: 'tcp_miss',
        dst_ip: '203.0.113.9',
        'rs(Content-Type)': 'text/html',
      },
    }));
  it('may be refused, a tunnel, or no request', () => {
    const [denied, tunnel, none] = [
      '1795842001.123 1 pc1.acme.test TCP_DENIED/407 39 CONNECT h.test:443 - HIER_NONE/- text/html',
      '1795842001.123 1 2001:db8::1 TCP_TUNNEL/200 39 CONNECT h.test:443 - HIER_DIRECT/2001:db8::9 -',
      '1795842001.123 0 10.1.2.3 NONE/400 3000 NONE error:invalid-request - HIER_NONE/- text/html',
    ].map(squidOf);
    expect(denied).toMatchObject({
      request: 'CONNECT h.test:443',
      fields: { action: 'denied', 'c-dns': 'pc1.acme.test' },
    });
    expect(tunnel?.fields).toMatchObject({ 'c-ip': '2001:db8::1', dst_ip: '2001:db8::9' });
    expect(none).toMatchObject({ fields: { 'sc-status': '400' } });
    expect(none).not.toHaveProperty('request');
  });
  it.each(['', '1795842001.123', '1795842001.123 1 10.1.2.3 sshd[5]: text', `${GET.slice(0, 60)}`])(
    'is not what only looks like one: %s',
    (line) => expect(squidOf(line)).toBeUndefined(),
  );
  it.each([
    ['a', GET.slice(0, 60), GET.slice(60)],
    ['a ', GET.slice(0, 60), ''],
    [' ', '1795842001.123 ', ''],
  ])('costs time in proportion to itself: %j behind %s', (part, begin, end) =>
    expect(growthOfText(squidOf, part, { begin, end })).toBeLessThan(LINEAR),
  );
});
