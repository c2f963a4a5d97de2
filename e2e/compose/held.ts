import { SERVICES } from '#libs/terms';
import { docker } from './engine.js';
import type { ComposeProject } from './project.js';

interface InspectedContainer {
  Config: { User: string };
  HostConfig: {
    ReadonlyRootfs: boolean;
    CapDrop: string[] | null;
    SecurityOpt: string[] | null;
    Memory: number;
    PidsLimit: number | null;
  };
}

/** @returns what a container of the installation may do that it should not, a sentence each. */
export const looseEnds = async (project: ComposeProject): Promise<string[]> => {
  const found: string[] = [];
  for (const { Service, ID } of await project.containers()) {
    const [one] = JSON.parse(await docker(['inspect', ID])) as [InspectedContainer];
    const say = (wrong: boolean, what: string): void => void (wrong && found.push(`${Service} ${what}`));
    const ours = (SERVICES as readonly string[]).includes(Service) || Service === 'provision';
    say(!one.HostConfig.ReadonlyRootfs, 'can write to its root');
    say(!one.HostConfig.CapDrop?.includes('ALL'), 'keeps capabilities');
    say(!one.HostConfig.SecurityOpt?.some((option) => option.startsWith('no-new-privileges')), 'may gain privileges');
    say(ours && one.Config.User !== '1000:1000', `runs as "${one.Config.User}"`);
    say(ours && !one.HostConfig.Memory, 'may take all memory');
    say(ours && !one.HostConfig.PidsLimit, 'may start processes without number');
  }
  return found;
};
