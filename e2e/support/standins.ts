import { standins as vendors, type LoggedCall } from '../../tools/standins/src/index.js';
import type { TestInstallation } from './installation.js';

/** Everything that the vendors were asked, by stand-in. */
export const standins = async ({ up: { installation } }: TestInstallation): Promise<Record<string, LoggedCall[]>> => {
  const logs = await Promise.all(
    vendors.map(
      async ({ vendor: name }) =>
        [name, (await (await fetch(`${installation.urls[name]}/_standin/calls`)).json()) as LoggedCall[]] as const,
    ),
  );
  return Object.fromEntries(logs);
};

/** What was really done at the vendors, a line each. */
export const effects = async (installed: TestInstallation): Promise<string[]> =>
  Object.values(await standins(installed))
    .flat()
    .flatMap(({ effect }) => (effect ? [effect] : []));

/** Makes a vendor lie, hang or fail from now on, until it is `honest` again. */
export const misbehave = async (
  { up: { installation } }: TestInstallation,
  vendor: string,
  mode: string,
  options: { times?: number } = {},
): Promise<void> => {
  const answer = await fetch(`${installation.urls[vendor]}/_standin/misbehave`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode, ...options }),
  });
  if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
};
