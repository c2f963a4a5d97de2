import { fieldsOfText } from '../index.js';

const at = (type: string, rest: string): string =>
  `<14>Nov 28 18:59:01 fw2 1,2026/11/28 18:59:01,0071,${type},2561,2026/11/28 18:59:01,${rest}`;
const THREAT =
  '10.1.1.8,203.0.113.9,0.0.0.0,0.0.0.0,r,ada,,web,vsys1,trust,untrust,e1,e2,log,2026/11/28 18:59:01,99,1,50003,443,0,0,0x1c,tcp,alert';

describe('lists of Palo Alto', () => {
  const BEHIND = ',log,2026/11/28 18:59:01,99,1,50003,443,0,0,0x1c,tcp,allow';
  const TRAFFIC = `10.1.1.8,203.0.113.9,0.0.0.0,0.0.0.0,r,ada,,web,vsys1,trust,untrust,e1,e2${BEHIND},5,2,3,20,2026/11/28 18:58:30,30,any,,12,0x0,US,DE,,10,10,tcp-fin`;
  it.each<[type: string, rest: string]>([
    ['TRAFFIC,end', `${TRAFFIC},0,0,0,0,v1,pa1,from-policy,,,0,,0,2026-11-28T18:59:01.000+00:00`],
    ['THREAT,url', `${THREAT},"a.example/x,y",(9),malware,high,c,1,0x0,US,DE,,ct,0,,,0,ua,,,,,,,0,12,0,0,0,v1,pa1`],
    ['SYSTEM,general', 'vsys1,general,,0,0,general,informational,"x, y",1,0x0,0,0,0,0,v1,pa1,0,0,'],
    [
      'GLOBALPROTECT,0',
      'vsys1,gateway-auth,login,LDAP,,ada,US,PC,203.0.113.9,0.0.0.0,0.0.0.0,0.0.0.0,x,S,6.0,Windows,"W, 64",1,,,,success,,0,,0,GW,1,0x0,2026-11-28T18:59:01.000+00:00,,,,,GW,0,0,0,0,v1,pa1,1',
    ],
    ['CONFIG,0', '10.1.1.2,vsys1,edit,ada,Web,Succeeded, config x,1,0x0,0,0,0,0,v1,pa1,0,'],
    ['CONFIG,0', '10.1.1.2,vsys1,edit,ada,Web,Succeeded, config x,old,new,1,0x0,0,0,0,0,v1,pa1,0,'],
    ['USERID,login', 'vsys1,10.1.1.8,ada,agent,0,1,2700,0,0,active-directory,,1,0x0,0,0,0,0,v1,pa1,1'],
    ['AUTHENTICATION,', 'vsys1,10.1.1.8,ada,ada,o,p,1,7,v,log,s,x,x,ok,1,1,0x0,0,0,0,0,v1,pa1,1,0,u'],
    ['HIPMATCH,0', 'ada,vsys1,PC,Windows,10.1.1.8,h,1,object,,,1,0x0,0,0,0,0,v1,pa1,1'],
    ['CORRELATION,', '10.1.1.8,ada,vsys1,c,high,0,0,0,0,v1,pa1,1,o,7,e'],
  ])('tell the device, its virtual system and its serial number: %s', (type, rest) =>
    expect(fieldsOfText(at(type, rest))).toMatchObject({
      device_name: 'pa1',
      vsys_name: 'v1',
      serial_number: '0071',
      ...(rest.includes('vsys1') ? { vsys: 'vsys1' } : {}),
    }),
  );
  it.each<[what: string, type: string, rest: string]>([
    ['an old version', 'TRAFFIC,end', TRAFFIC],
    ['a list that is shifted', 'TRAFFIC,end', `${TRAFFIC},more,0,0,0,0,v1,pa1,from-policy`],
  ])('name no device in %s', (_, type, rest) => expect(fieldsOfText(at(type, rest))).not.toHaveProperty('device_name'));
});
