import { fieldsOfText } from '../index.js';
import { toldBy } from '../../../test/device-lines.js';

const at = (type: string, rest: string): string =>
  `<14>Nov 28 18:59:01 fw2 1,2026/11/28 18:59:01,0071,${type},2561,2026/11/28 18:59:01,${rest}`;
const THREAT =
  '10.1.1.8,203.0.113.9,0.0.0.0,0.0.0.0,r,ada,,web,vsys1,trust,untrust,e1,e2,log,2026/11/28 18:59:01,99,1,50003,443,0,0,0x1c,tcp,alert';

describe('lists of Palo Alto', () => {
  it.each<[what: string, line: string, told: string]>([
    [
      'a logon that failed',
      at(
        'SYSTEM,auth',
        `,auth-fail,,0,0,general,medium,"failed authentication for user 'ada'. Reason: Invalid username/password. From: 203.0.113.9.",1,0x0,0,0,0,0,,fw2`,
      ),
      '203.0.113.9, ada; logon-failed',
    ],
    [
      'a logon',
      at(
        'SYSTEM,auth',
        `,auth-success,,0,0,general,informational,"authenticated for user 'ada'. auth profile 'x', vsys 'shared', From: 10.1.1.2.",1,0x0,0,0,0,0,,fw2`,
      ),
      '10.1.1.2, ada; logon',
    ],
    [
      'a logon to its pages',
      at(
        'SYSTEM,general',
        ',general,,0,0,general,informational,"User ada logged in via Web from 10.1.1.2 using https",1,0x0,0,0,0,0,,fw2',
      ),
      '10.1.1.2, ada; logon',
    ],
    [
      'a logon by an old GlobalProtect',
      at(
        'SYSTEM,globalprotect',
        ',globalprotectgateway-auth-succ,GW,0,0,general,informational,"GlobalProtect gateway user authentication succeeded. Login from: 203.0.113.9, User name: ada, Auth type: profile, Client OS version: x",1,0x0,0,0,0,0,,fw2',
      ),
      '203.0.113.9, ada; logon',
    ],
    [
      'what it did',
      at('SYSTEM,dhcp', ',lease-start,,0,0,general,informational,"DHCP lease started",1,0x0,0,0,0,0,,fw2'),
      'device',
    ],
    [
      'a change',
      at('CONFIG,0', '10.1.1.2,,edit,ada,Web,Succeeded, config mgt-config users x,1,0x0,0,0,0,0,,fw2'),
      '10.1.1.2, ada; config',
    ],
    [
      'a logon by GlobalProtect',
      at(
        'GLOBALPROTECT,0',
        'vsys1,gateway-auth,login,LDAP,,ada,US,PC,203.0.113.9,0.0.0.0,0.0.0.0,0.0.0.0,x,S,6.0,Windows,"Windows 11, 64-bit",1,,,,success,,0,,0,GW,1,0x0',
      ),
      '203.0.113.9, ada; logon',
    ],
    [
      'one by GlobalProtect that failed',
      at(
        'GLOBALPROTECT,0',
        'vsys1,gateway-auth,login,LDAP,,ada,US,PC,203.0.113.9,0.0.0.0,0.0.0.0,0.0.0.0,x,S,6.0,Windows,W,1,,,,failure,,0,,0,GW,1,0x0',
      ),
      '203.0.113.9, ada; logon-failed',
    ],
    [
      'an authentication',
      at(
        'AUTHENTICATION,',
        'vsys1,10.1.1.8,ada,example\\ada,o,p,1,7,v,log,s,user password failure,x,fail,1,1,0x0,0,0,0,0,,fw2,1,0,u',
      ),
      '10.1.1.8, ada; logon-failed',
    ],
    [
      'a page',
      at('THREAT,url', `${THREAT},"evil.example/a,b",(9999),malware,high,x`),
      '10.1.1.8:50003 > 203.0.113.9:443, ada; web alert',
    ],
    [
      'an attack',
      at('THREAT,vulnerability', `${THREAT},"a,b",Log4j(91991),any,critical,x`),
      '10.1.1.8:50003 > 203.0.113.9:443, ada; detection alert',
    ],
    [
      'a file',
      at('THREAT,file', `${THREAT},a.exe,PE(52020),any,low,x`),
      '10.1.1.8:50003 > 203.0.113.9:443, ada; alert',
    ],
  ])('tell %s', (_, line, told) => expect(toldBy(line)).toBe(told));

  it.each<[high: string, taken: string | undefined]>([
    ['2026-11-28T18:59:01.123-08:00', '2026-11-28T18:59:01.123-08:00'],
    ['2026-11-28T18:59:02.003Z', '2026-11-28T18:59:02.003Z'],
    ['2026-11-28T10:59:01.123-08:00', undefined],
    ['x', undefined],
  ])('tell their time once more with its zone: %s', (high, taken) =>
    expect(
      fieldsOfText(at('SYSTEM,general', `,general,,0,0,general,informational,x,1,0x0,0,0,0,0,,fw2,0,0,${high}`)),
    ).toMatchObject({ generated_time: '2026/11/28 18:59:01', ...(taken ? { high_res_timestamp: taken } : {}) }),
  );
  it('take no time with a zone from what a stranger chose', () =>
    expect(
      fieldsOfText(
        at('THREAT,url', `${THREAT},evil.example/,(9999),malware,high,${'2026-11-28T18:59:01Z,'.repeat(30)}`),
      ),
    ).not.toHaveProperty('high_res_timestamp'));
});
