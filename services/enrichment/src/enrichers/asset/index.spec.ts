import type { Asset, TenantState } from '#contracts';
import { standIn } from '#libs/testing';
import { asset } from './index.js';

const registered = (assetId: string, ...hostnames: string[]): Asset => ({
  assetId,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: '',
  groups: [],
});
const settings = {
  assets: [
    registered('full', 'web01.acme.example'),
    registered('short', 'db01'),
    registered('left', 'app.a.example'),
    registered('right', 'app.b.example'),
    registered('address', 'printer7', '10.0.0.7'),
  ],
} as TenantState;
const knows = asset.prepare({ tenant: 'acme', settings, indicators: standIn({ match: () => [] }) });

it.each([
  ['host:web01', 'full'],
  ['host:WEB01.acme.example', 'full'],
  ['host:web01.other.example', undefined],
  ['host:db01.acme.example', 'short'],
  ['host:app', undefined],
  ['host:app.b.example', 'right'],
  ['ip:10.0.0.7', 'address'],
  ['user:db01', undefined],
])('%s is the asset %s', (entity, assetId) =>
  expect(knows({ occurredAt: 1, entity, observables: [] })?.asset?.assetId).toBe(assetId),
);
