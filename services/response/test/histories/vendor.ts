import type { TenantState } from '#contracts';

/** What is at the vendor, with all names; the first is its id. A name may come to mean another. */
export const VENDOR = [
  ['m1', 'web01.acme.example', '10.0.0.7'],
  ['m2', 'dc01.acme.example', '10.0.0.8'],
  ['m3', 'web01.other.example', '10.0.0.9'],
] as const;
export const NAMES = [
  'web01',
  'WEB01.acme.example.',
  'web01.other.example',
  'dc01',
  'DC01.acme.example',
  'm1',
  'm2',
  'm3',
  '10.0.0.7',
  'me',
  'erp.acme.example',
  'nobody',
];
export const ASSETS: TenantState['assets'] = [
  {
    assetId: 'web',
    hostnames: ['web01.acme.example', 'erp.acme.example'],
    criticality: 'HIGH',
    owner: '',
    unit: '',
    exposure: '',
    groups: ['desks'],
  },
  {
    assetId: 'dc',
    hostnames: ['dc01.acme.example'],
    criticality: 'CRITICAL',
    owner: '',
    unit: '',
    exposure: '',
    groups: ['servers'],
  },
];
