import { assetOf, lifeIn, proposal, settingsWith, tell } from '../support/action-history.js';
import type { Attack } from './attack.js';

const settings = settingsWith(
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
  [assetOf('workstations', 'files.acme.example', 'files')],
);

const isIsolated = (id: string, vendorName: string): boolean => {
  const life = lifeIn(settings);
  life.ask(proposal('isolate-host', id));
  tell(life, 'm1', [vendorName]);
  return life.started().length > 0;
};

/** A host of another domain borrows the groups of one that is called alike. */
export const namesakeInAnotherDomain: Attack = {
  name: 'namesake-in-another-domain',
  line: 2,
  control: () => isIsolated('files', 'files.acme.example'),
  attack: () =>
    isIsolated('files.plant.example', 'files.plant.example') || isIsolated('files', 'files.plant.example')
      ? 'succeeded'
      : 'refused',
  mutation: {
    file: 'libs/terms/src/registry.ts',
    find: 'sure: near.length > 0 && !near.some((asset) => livesElsewhere(asset, name)) };',
    replace: 'sure: near.length > 0 };',
  },
};
