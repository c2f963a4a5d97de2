import { spawnSync } from 'node:child_process';

/** Runs a program and gives what it printed, or undefined when it is missing or failed. */
export type Probe = (command: string, args: string[]) => string | undefined;

export const probe: Probe = (command, args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? `${stdout}\n${stderr}` : undefined;
};

interface Prerequisite {
  what: string;
  holds: (run: Probe) => boolean;
  debian: string;
  brew: string;
}

const java: Prerequisite = {
  what: 'Java 17 or later (`java`)',
  holds: (run) => Number(/version "(\d+)/.exec(run('java', ['-version']) ?? '')?.[1] ?? 0) >= 17,
  debian: 'openjdk-17-jre-headless',
  brew: 'openjdk@17',
};
const maven: Prerequisite = {
  what: 'Maven (`mvn`)',
  holds: (run) => run('mvn', ['-v']) !== undefined,
  debian: 'maven',
  brew: 'maven',
};
const python: Prerequisite = {
  what: 'Python 3.10 or later (`python3`)',
  holds: (run) => {
    const [, major, minor] = /Python (\d+)\.(\d+)/.exec(run('python3', ['--version']) ?? '') ?? [];
    return Number(major ?? 0) > 3 || (Number(major ?? 0) === 3 && Number(minor) >= 10);
  },
  debian: 'python3 python3-venv',
  brew: 'python@3.12',
};
const venv: Prerequisite = {
  what: "Python's venv module",
  holds: (run) => run('python3', ['-c', 'import venv, ensurepip']) !== undefined,
  debian: 'python3-venv',
  brew: 'python@3.12',
};

/** What must still be fetched: a cached download needs neither Maven nor venv. */
export interface StackPrerequisites {
  jars: boolean;
  store: boolean;
}

/** One sentence for each missing program, with the command that installs it; empty when nothing is missing. */
export function missing(needs: StackPrerequisites, run: Probe = probe, platform: string = process.platform): string[] {
  const needed = [java, ...(needs.jars ? [maven] : []), ...(needs.store ? [python] : [])];
  const lacking = needed.filter((each) => !each.holds(run));
  // Asking for venv makes sense only of a Python that is there.
  if (needs.store && !lacking.includes(python) && !venv.holds(run)) lacking.push(venv);
  return lacking.map((each) => `${each.what} is missing: install it with \`${install(each, platform)}\`.`);
}

const install = ({ debian, brew }: Prerequisite, platform: string): string =>
  platform === 'darwin' ? `brew install ${brew}` : `sudo apt-get install -y ${debian}`;
