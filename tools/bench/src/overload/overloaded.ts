import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '#libs/model';
import {
  addPartner,
  loadInstallation,
  openSession,
  openStack,
  say,
  tokenFor,
  type InstallationSession,
} from '../../../../cli/src/index.js';
import { onboardMeasured } from '../onboarding.js';
import { measureOverload, type OverloadFigures, type OverloadTask } from './measure-overload.js';
import { TenantDoor } from './tenant-door.js';

const SOURCE = 'edr';
/** A new tenant's topics are read when its settings have come round. */
const MOST_TRIES = 120;
const TRY_MS = 500;

/** A tenant of this measurement alone, and its door once that takes something. */
const doorOf = async ({ installation, admin }: InstallationSession, tenant: string): Promise<TenantDoor> => {
  const url = installation.urls.ingest;
  if (!url) throw new Fault('where the listener is, is not known: set INGEST_URL');
  await onboardMeasured(admin, tenant, [{ name: SOURCE, kind: 'WINDOWS' }]);
  const { username: subject } = await addPartner(await openStack(), tenant, SOURCE);
  const token = await tokenFor(installation, { kind: 'partner', subject, tenant, sources: [SOURCE] });
  const door = new TenantDoor({ url, source: SOURCE, token });
  for (let at = 0; at < MOST_TRIES; at += 1) {
    if (await door.post('{"EventID":4624,"Channel":"Security","Hostname":"first"}', 1)) break;
    await pause(TRY_MS);
  }
  for (let at = 0; at < MOST_TRIES && door.shown === 0; at += 1) {
    await door.look();
    await pause(TRY_MS);
  }
  if (door.shown === 0) throw new Fault(`the first event of ${tenant} is not in its receipts after a minute`);
  door.measured();
  Object.assign(door.requests, { taken: 0, refused: 0, failed: 0 });
  return door;
};

/** An installation that runs, under overload. @throws Fault when the first event does not come through. */
export const overloaded = async (how: Pick<OverloadTask, 'seconds' | 'times'>): Promise<OverloadFigures> => {
  const session = await openSession();
  const pid = process.platform === 'linux' ? loadInstallation(session.installation.dir)?.pids.collection : undefined;
  const run = Date.now().toString(36);
  const [loud, calm] = [await doorOf(session, `bench-loud-${run}`), await doorOf(session, `bench-calm-${run}`)];
  return measureOverload({ ...how, loud, calm, pid, say });
};
