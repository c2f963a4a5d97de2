import type { Asset, Identity } from '#contracts';
import { findAssets, findIdentities } from './index.js';

const asset = (assetId: string, ...hostnames: string[]): Asset => ({
  assetId,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: '',
  groups: [],
});
const identity = (identityId: string, ...names: string[]): Identity => ({
  identityId,
  names,
  criticality: 'HIGH',
  unit: '',
  privileged: false,
});

const ASSETS = [
  asset('full', 'web01.acme.example'),
  asset('short', 'db01'),
  asset('both', 'dc01.acme.example', 'dc01'),
  asset('address', 'printer7', '10.0.0.7'),
  asset('left', 'app.a.example'),
  asset('right', 'app.b.example'),
  asset('alias', 'erp.acme.example'),
];

it.each<[string[], string | undefined, string[]]>([
  [['web01.acme.example'], 'full', ['full']],
  [['WEB01.ACME.EXAMPLE.'], 'full', ['full']],
  [['WEB01'], 'full', ['full']],
  [['web01.b.example'], undefined, []],
  [['web01', 'web01.b.example'], undefined, ['full']],
  [['web01', 'web01.acme.example', '1e5bc9d7e413', '10.9.9.9'], 'full', ['full']],
  [['db01'], 'short', ['short']],
  [['db01.acme.example'], 'short', ['short']],
  [['dc01'], 'both', ['both']],
  [['dc01.acme.example'], 'both', ['both']],
  [['dc01.other.example'], undefined, ['both']],
  [['dc01', 'dc01.other.example'], undefined, ['both']],
  [['printer7'], 'address', ['address']],
  [['10.0.0.7'], undefined, ['address']],
  [['web01.acme.example', '10.0.0.7'], undefined, ['full', 'address']],
  [['app'], undefined, ['left', 'right']],
  [['app.a.example'], 'left', ['left']],
  [['app', 'app.a.example'], undefined, ['left', 'right']],
  [['erp.acme.example', 'web07.acme.example'], undefined, ['alias']],
  [['web01', 'db01'], undefined, ['full', 'short']],
  [['nobody'], undefined, []],
  [['', '.'], undefined, []],
])('%j is surely %s, perhaps %j', (names, sure, possible) => {
  const found = findAssets(ASSETS, names);
  expect([found.sure?.assetId, found.possible.map(({ assetId }) => assetId)]).toEqual([sure, possible]);
});

const PEOPLE = [
  identity('ada', 'ada@acme.example', 'ada'),
  identity('bo', 'acme\\bo'),
  identity('al', 'al@a.example'),
  identity('al2', 'al@b.example'),
];

it.each<[string[], string | undefined, string[]]>([
  [['ADA'], 'ada', ['ada']],
  [['ada', 'ada@acme.example', '00u1'], undefined, ['ada']],
  [['acme\\ada'], undefined, ['ada']],
  [['bo@acme.example'], undefined, ['bo']],
  [['evil\\bo'], undefined, []],
  [['al'], undefined, ['al', 'al2']],
  [['al@a.example'], 'al', ['al']],
  [['al@c.example'], undefined, []],
])('user %j is surely %s, perhaps %j', (names, sure, possible) => {
  const found = findIdentities(PEOPLE, names);
  expect([found.sure?.identityId, found.possible.map(({ identityId }) => identityId)]).toEqual([sure, possible]);
});
