import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { standins } from '../../../../tools/standins/src/index.js';
import { OFFERED } from '#libs/policy';
import { connectorOf, connectors } from './index.js';

const folder = join(process.cwd(), 'services/response/src/connectors');
const folders = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('the list of connectors', () => {
  it('names every folder, sorted', () => expect(connectors.map(({ vendor }) => vendor)).toEqual(folders));
  it('is what decisions take to be offered', () =>
    expect(
      Object.fromEntries(
        connectors.map(({ vendor, actions }) => [vendor, actions.map(({ actionClass }) => actionClass)]),
      ),
    ).toEqual(OFFERED));
  it('has a stand-in for each, under the same name', () =>
    expect(standins.map(({ vendor }) => vendor)).toEqual(folders));
  it.each(folders)('has one file an action of %s, and a spec', (vendor) => {
    const actions = (connectorOf(vendor)?.actions ?? []).map(({ actionClass }) => actionClass);
    expect(actions).toEqual([...actions].sort());
    expect(
      [...actions.map((name) => `${name}.ts`), `${vendor}.spec.ts`].filter(
        (name) => !existsSync(join(folder, vendor, name)),
      ),
    ).toEqual([]);
  });
});
