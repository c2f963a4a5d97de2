import { processStarted, sendByHttp, sendByKafka } from '../../cli/src/index.js';
import type { TestInstallation } from '../support/installation.js';
import { SOURCE, type Cast } from './cast.js';
import type { MarkedTenant } from './surface.js';

export const attack = ({ mark }: MarkedTenant) => {
  const host = `srv-${mark}.example.test`;
  const run = (minutes: number, commandLine: string, image: string, user = `CORP\\${mark}-user`) =>
    processStarted(Date.now() - minutes * 60_000, host, {
      image,
      commandLine,
      user,
      parent: 'C:\\Windows\\System32\\cmd.exe',
    }).event;
  return [
    run(9, `vssadmin.exe delete shadows /all /quiet /for=${mark}`, 'C:\\Windows\\System32\\vssadmin.exe'),
    run(
      8,
      `powershell.exe -NonI -W Hidden -enc VwByAGkAdABlAC0ATwB1AHQAcAB1AHQAIAAnAGQAZQBtAG8AJwA= ${mark}`,
      'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    ),
    run(7, `x.exe tool-${mark}`, `C:\\${mark}\\x.exe`),
    run(6, `x.exe tool-${mark}`, `C:\\${mark}\\x.exe`),
    run(5, `x.exe tool-${mark}`, `C:\\${mark}\\x.exe`, `quiet-${mark}`),
  ];
};

/** By Kafka and by HTTP, with lines that nobody can read. */
export const sendTelemetry = async (
  { up }: TestInstallation,
  { marked, partner, partnerToken }: Cast,
): Promise<void> => {
  await sendByKafka(partner, { source: SOURCE, via: 'kafka', events: attack(marked) });
  await sendByHttp(`${up.installation.urls.ingest}/v1/ingest/${SOURCE}`, partnerToken, {
    source: SOURCE,
    via: 'http',
    events: attack(marked).slice(0, 1),
  });
  const response = await fetch(`${up.installation.urls.ingest}/v1/ingest/${SOURCE}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${partnerToken}` },
    body: `{"broken": "${marked.mark}\n`,
  });
  if (response.status !== 202) throw new Error(`the broken line was answered ${response.status}`);
};
