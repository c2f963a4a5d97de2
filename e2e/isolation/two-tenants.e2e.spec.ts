import { attemptsAt } from '../../services/gateway/test/surface.js';
import { install, type TestInstallation } from '../support/installation.js';
import { idsIn } from './ids.js';
import { listenToAll } from './portals.js';
import { lastPlants, plants, type Plant } from './plants/index.js';
import { contained, workOn } from './casework.js';
import { sendTelemetry } from './telemetry.js';
import { takeOn, type Cast } from './cast.js';
import { writeRules } from './own-rules.js';
import { findPosture } from './posture.js';
import { carriedBy, KINDS, leaksOf, MARKED, type SearchedSurface } from './surface.js';
import { looks, urlsOf, walk, type SurfaceLooks } from './walk.js';
import { quiet } from '../support/quiet.js';

/**
 * Two customers whose every text holds a mark of its own live side by side; then everything there is is searched for
 * marks that stand where they should not. What each place may hold is declared, a line each, in
 * e2e/isolation/scopes.ts.
 */
let installed: TestInstallation;
let casts: Cast[];
let all: SurfaceLooks;
let surfaces: SearchedSurface[];

beforeAll(async () => {
  installed = await install();
  casts = [await takeOn(installed, MARKED[0]), await takeOn(installed, MARKED[1])];
  const listening = listenToAll(urlsOf(installed), casts);
  for (const cast of casts) await writeRules(cast);
  for (const cast of casts) await findPosture(cast);
  for (const cast of casts) await sendTelemetry(installed, cast);
  for (const cast of casts) await workOn(cast, await contained(cast));
  await quiet(installed.broker);
  const ids = new Map(await Promise.all(casts.map(async (cast) => [cast.marked.tenant, await idsIn(cast)] as const)));
  attemptsAt(
    (tenant) =>
      ids.get(tenant) ??
      (() => {
        throw new Error(`nothing is known of ${tenant}`);
      })(),
  );
  all = looks(installed, casts);
  surfaces = [...(await walk(all)), ...listening.surfaces()];
  await listening.stop();
}, 300_000);

afterAll(async () => {
  if (installed) expect(await installed.leave()).toEqual([]);
}, 60_000);

it('no surface holds what is of another tenant', () => {
  const leaks = surfaces.flatMap(leaksOf);
  process.stderr.write(`${surfaces.length} surfaces, ${leaks.length} leaks\n`);
  expect(leaks).toEqual([]);
});

/** Where marks must have been: what carries none could leak unseen. */
const CARRYING = ['topic', 'contract', 'dead letters', 'collection', 'lake', 'graphql', 'report', 'export'] as const;
it.each(CARRYING)('was looked for where it could be: %s', (kind) => {
  const carried = new Set(surfaces.filter((one) => one.kind === kind).flatMap(carriedBy));
  expect([...carried].sort()).toEqual(MARKED.map(({ tenant }) => tenant));
});

it('every kind of surface was walked', () =>
  expect([...new Set(surfaces.map(({ kind }) => kind))].sort()).toEqual([...KINDS].sort()));

describe('a planted leak is found by the same search', () => {
  const named = (list: readonly Plant[]) => list.map((one): [string, Plant] => [one.what, one]);
  const findIt = async (_what: string, { plant, look, found }: Plant): Promise<void> => {
    const undo = await plant({ installed, casts, all });
    try {
      expect((await look({ installed, casts, all })).flatMap(leaksOf)).toEqual(
        expect.arrayContaining([expect.stringMatching(found)]),
      );
    } finally {
      await undo();
    }
  };
  it.each(named(plants))('%s', findIt, 60_000);

  it('and none is left when they are taken away', async () => {
    const taken = [
      await all.collections(),
      await all.lake(),
      await all.logs(),
      await all.graphql(),
      await all.reports(),
    ].flat();
    expect(taken.flatMap(leaksOf)).toEqual([]);
  }, 60_000);

  it.each(named(lastPlants))('%s', findIt, 60_000);

  it('for every kind of surface', () =>
    expect([...new Set([...plants, ...lastPlants].map(({ what }) => what.split(':')[0]))].sort()).toEqual(
      [...KINDS].sort(),
    ));
});
