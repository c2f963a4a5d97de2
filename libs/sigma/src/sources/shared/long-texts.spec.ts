import { read } from '../../../test/source-fields.js';

describe('long texts', () => {
  it.each([
    ['one word', 'a'.repeat(60_000)],
    ['colons', ':'.repeat(60_000)],
    ['pairs', 'a=1 '.repeat(15_000)],
    ['quotes', 'a="'.repeat(20_000)],
    ['headers', 'CEF:0|'.repeat(10_000)],
    ['records', 'type=X msg=audit('.repeat(4_000)],
    ['tags', '<Data Name="'.repeat(5_000)],
    ['requests', '"GET /'.repeat(10_000)],
    ['hexadecimal', 'EF'.repeat(30_000)],
    ['braces', 'a={ '.repeat(15_000)],
    ['commands', 'cmdline='.repeat(7_500)],
    ['lists of names', 'path_name=["'.repeat(5_000)],
    ['zeros', `${'00'.repeat(30_000)}41`],
    ['terminals', `${'TTY='.repeat(15_000)}\n`],
    ['clients', 'client 1#1 ('.repeat(5_000)],
    ['connections', ' for a:1/1 to '.repeat(4_000)],
  ])('are read in no time: %s', (_, text) => {
    const before = process.cpuUsage().user;
    for (const start of [
      '',
      'type=EXECVE msg=audit(1.2:3): a0=',
      'type=EXECVE msg=audit(1.2:3): ',
      'type=AUOMS_EXECVE msg=audit(1.2:3): ',
      'Nov  2 10:00:00 web1 sudo: ',
      '%ASA-6-302013: Built outbound TCP connection 1 for ',
      '%FTD-6-430003: ',
      'filterlog: ',
      'Linux-Sysmon <EventID>1</EventID>',
    ]) {
      for (const kind of ['linux', 'firewall', 'dns', 'web-proxy', 'web-server'] as const)
        read(kind, { message: start + text }, 'src_ip', 'CommandLine', 'c-uri');
    }
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(2_000);
  });
});
