import type { Asset, ActionPropose, TenantState } from '#contracts';
import { scenario } from '#libs/testing';
import { actionStream } from './decider.js';
import { at, propose, system, tenant } from '../../../test/samples/action.js';

const { given } = scenario(actionStream, { actor: system, now: at });
const asset = (assetId: string, group: string, ...hostnames: string[]): Asset => ({
  assetId,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: '',
  groups: [group],
});
const override = {
  id: 'desks',
  mode: 'AUTHORIZE' as const,
  actionClasses: [],
  assetGroups: ['workstations'],
  severities: [],
  minConfidence: 0,
  hours: 'ANY' as const,
};
/** Workstations may be isolated, anything else is guided. */
const settings: TenantState = {
  ...tenant('NOTIFY', { overrides: [override] }),
  assets: [
    asset('desk', 'workstations', 'wks-014.acme.example', 'wks-014'),
    asset('dc', 'servers', 'dc01.acme.example'),
  ],
};
const proposed = (id: string, over: Partial<ActionPropose> = {}) =>
  given()
    .when({ ...propose, target: { kind: 'HOST', id, entity: `host:${id.toLowerCase()}` }, ...over }, { settings })
    .facts();

it.each([
  ['wks-014.acme.example', false],
  ['wks-014', false],
  ['WKS-014.', false],
  ['dc01', true],
  ['printer7', true],
  ['wks-014.other.example', true],
])('the groups of %s alone govern: guidance only, %s', (id, guided) =>
  expect(proposed(id).some(({ type }) => type === 'action.guided')).toBe(guided),
);

it('groups that a proposer hands in govern nothing, and are not written down', () => {
  const facts = proposed('dc01', { assetGroups: ['workstations'] });
  expect(facts).toMatchObject([
    { type: 'action.proposed', assetGroups: ['servers'] },
    { type: 'action.decided', decision: 'GUIDE' },
    { type: 'action.guided' },
  ]);
});
it('an entity of one host beside the id of another borrows no group', () =>
  expect(proposed('dc01', { target: { kind: 'HOST', id: 'dc01', entity: 'host:wks-014' } }).at(-1)).toMatchObject({
    type: 'action.guided',
  }));
