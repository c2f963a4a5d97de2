import type { TenantState } from '#contracts';
import { assetOf, lifeIn, proposal, settingsWith, tell } from '../support/action-history.js';
import type { Attack } from './attack.js';

/** Workstations may be cut off, anything else is guided. */
const settings: TenantState = settingsWith(
  'NOTIFY',
  {
    overrides: [
      {
        id: 'desks',
        mode: 'AUTHORIZE',
        actionClasses: [],
        assetGroups: ['workstations'],
        severities: [],
        minConfidence: 0,
        hours: 'ANY',
      },
    ],
  },
  [assetOf('workstations', 'wks-014.acme.example', 'wks-014'), assetOf('servers', 'dc01.acme.example')],
);

const isIsolated = (id: string, entity: string, vendorName: string): boolean => {
  const life = lifeIn(settings);
  life.ask(
    proposal('isolate-host', id, { assetGroups: ['workstations', 'servers'], target: { kind: 'HOST', id, entity } }),
  );
  tell(life, 'm1', [vendorName]);
  return life.started().length > 0;
};

/** A case holds findings of a workstation and of a domain controller; the groups of the one are to open the other. */
export const groupOfTheCaseNotTheTarget: Attack = {
  name: 'group-of-the-case-not-the-target',
  line: 2,
  control: () => isIsolated('WKS-014', 'host:wks-014', 'wks-014.acme.example'),
  attack: () => {
    const tried = [
      isIsolated('dc01', 'host:dc01', 'dc01.acme.example'),
      isIsolated('printer7', 'host:printer7', 'printer7'),
      isIsolated('dc01', 'host:wks-014', 'dc01.acme.example'),
      isIsolated('wks-014', 'host:wks-014', 'dc01.acme.example'),
    ];
    return tried.includes(true) ? 'succeeded' : 'refused';
  },
  mutation: {
    file: 'libs/policy/src/target.ts',
    find: 'perhaps: sure ? [groupsOfAsset(sure)] : [[], ...possible.map(groupsOfAsset)],',
    replace: 'perhaps: [assets.flatMap(({ groups }) => groups)],',
  },
};
