import { performance } from 'node:perf_hooks';
import { WEEK_MS } from '#libs/terms';
import { putSecret, secretsFileOf } from '../installation/secrets.js';
import type { RunningInstallation } from '../installation/up.js';
import { acknowledge, conclude, seeCases } from './casework.js';
import { received, reportOn, type DemoFigures } from './figures.js';
import { publish, takeOn } from './onboarding.js';
import { agree, follow, seeHeld, watchContainment } from './response.js';
import { setStage, type Stage } from './stage.js';
import { openReceiver } from './receiver.js';
import { stories } from './scenario/index.js';
import { takeNote, tell } from './telling.js';

const QUESTIONS: Record<string, string> = {
  northwind: 'Was anybody of yours working on the file server at that time?',
  lumiere: 'Camille Moreau se connecte-t-elle depuis un service d’anonymisation ?',
  sakura: 'この端末で PowerShell を実行する業務上の理由はありますか。',
};

/** The story on one stage: every step waits for what it announces. */
const play = async (stage: Stage): Promise<DemoFigures[]> => {
  const { say } = stage;
  say('\n1  Three customers come on board');
  await takeOn(stage, stories);
  say('\n2  Their tools publish telemetry');
  const sent = await publish(stage, stories, Date.now());
  for (const { tenant } of stories) await received(stage, tenant, sent[tenant] ?? 0);
  say('\n3  Findings become cases');
  const cases: Record<string, Awaited<ReturnType<typeof seeCases>>> = {};
  for (const { tenant } of stories) {
    cases[tenant] = await seeCases(stage, tenant);
    await acknowledge(stage, cases[tenant], QUESTIONS[tenant] ?? '');
  }
  say('\n4  Their people are told: by mail, and where there is none by phone');
  await tell(stage, cases.northwind ?? [], 'mail');
  await takeNote(stage, 'northwind', cases.northwind ?? []);
  await tell(stage, cases.lumiere ?? [], 'mail');
  await tell(stage, cases.sakura ?? [], 'phone');
  say('\n5  Northwind lets the provider act');
  await watchContainment(stage, 'northwind');
  say('\n6  Atelier Lumière wants to be asked');
  await seeHeld(stage, 'lumiere');
  await agree(stage, 'lumiere');
  say('\n7  さくら商事 acts itself');
  await follow(stage, 'sakura');
  say('\n8  A second person closes what is contained');
  const first = cases.northwind?.[0];
  if (first) {
    await conclude(
      stage,
      'northwind',
      first,
      {
        technique: 'T1566.001',
        patientZero: 'wks-014.northwind.example',
        cause: 'A document with a macro was opened.',
        preventableHow: 'Block macros in documents from outside.',
      },
      'Two hosts isolated before data left; backups restored from tape.',
    );
  }
  say('\n9  The week, told to each customer');
  const figures: DemoFigures[] = [];
  const to = Date.now();
  for (const story of stories) figures.push(await reportOn(stage, story, to - WEEK_MS, to));
  return figures;
};

/** Plays the whole story on a running installation. @returns what was counted, by tenant. */
export const demo = async (
  up: RunningInstallation,
  say: (line: string) => void,
): Promise<{ figures: DemoFigures[]; seconds: number }> => {
  const began = performance.now();
  const receiver = await openReceiver();
  try {
    const kept = { tenant: 'lumiere', ref: 'suivi', origins: [receiver.origin], secret: receiver.secret };
    putSecret(secretsFileOf(up.installation.dir), kept);
    const figures = await play(await setStage(up, say));
    for (const { type, subject } of receiver.taken) say(`  signed webhook of lumiere took ${type}: ${subject}`);
    return { figures, seconds: Math.round((performance.now() - began) / 1_000) };
  } finally {
    await receiver.stop();
  }
};
