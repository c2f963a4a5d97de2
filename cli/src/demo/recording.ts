import { WEEK_MS } from '#libs/terms';
import { adminBroker } from '../kafka/provision.js';
import { addPartner } from '../kafka/partner.js';
import { awaitReceipt } from '../telemetry/receipt.js';
import { untilQuiet } from '../kafka/quiet.js';
import { replay } from '../telemetry/replay.js';
import type { RunningInstallation } from '../installation/up.js';
import { onboard } from '../gateway/onboard.js';
import { seeCases } from './casework.js';
import { reportOn, type DemoFigures } from './figures.js';
import { northwind } from './scenario/northwind.js';
import { ANALYST, customer, grant, setStage } from './stage.js';

/** Replays a recording at the customer whose provider may act, instead of the authored story. */
export const recording = async (
  up: RunningInstallation,
  file: string,
  kind: string,
  say: (line: string) => void,
): Promise<{ figures: DemoFigures[]; seconds: number }> => {
  const began = Date.now();
  const stage = await setStage(up, say);
  const { tenant, plan } = northwind;
  say(`\n1  ${plan.name} comes on board`);
  await onboard(
    stage.admin,
    tenant,
    { ...plan, sources: [{ name: 'recording', kind: kind.toUpperCase().replaceAll('-', '_') }] },
    up.installation,
  );
  await grant(stage.admin, ANALYST, 'ANALYST', [tenant]);
  stage.customers[tenant] = await customer(up, tenant, String(plan.contacts[0]?.subject));
  await addPartner(up.stack, tenant, 'recording');
  const broker = adminBroker(up.stack);
  try {
    say(`\n2  ${file} is replayed`);
    const sent = await replay({
      broker,
      tenant,
      source: 'recording',
      files: [file],
      shift: true,
      now: Date.now(),
      progress: (lines) => say(`  ${lines} lines sent`),
    });
    const receipt = await awaitReceipt(broker, sent, () => undefined);
    say(`  ${receipt.accepted} events accepted, ${receipt.dead} dead-lettered`);
    await untilQuiet(broker, { say });
  } finally {
    await broker.close();
  }
  say('\n3  Findings become cases');
  await seeCases(stage, tenant);
  say('\n4  The week');
  const to = Date.now();
  const figures = await reportOn(stage, northwind, to - WEEK_MS, to);
  return { figures: [figures], seconds: Math.round((Date.now() - began) / 1_000) };
};
