import type { TestInstallation } from './installation.js';

/** A call as the stand-ins of the vendors log it; `effect` where it changed something. */
export interface StandinCall {
  at: number;
  method: string;
  path: string;
  effect?: string;
}

const STANDINS = ['edr', 'idp'] as const;

/** Everything that the vendors were asked, by stand-in. */
export const standins = async ({ up: { installation } }: TestInstallation): Promise<Record<string, StandinCall[]>> => {
  const logs = await Promise.all(
    STANDINS.map(
      async (name) =>
        [name, (await (await fetch(`${installation.urls[name]}/_standin/calls`)).json()) as StandinCall[]] as const,
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
  standin: (typeof STANDINS)[number],
  mode: string,
  options: { times?: number } = {},
): Promise<void> => {
  const answer = await fetch(`${installation.urls[standin]}/_standin/misbehave`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode, ...options }),
  });
  if (!answer.ok) throw new Error(`the stand-in answered ${answer.status}`);
};
