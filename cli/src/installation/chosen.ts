/** Where an installation on this machine lies unless `--dir` says so. */
export const DEFAULT_DIR = '.stack/run';
let chosen = DEFAULT_DIR;
/** The folder of the installation that the command is about. */
export const installationDir = (): string => chosen;
/** Said once, before the command runs. */
export const chooseInstallation = (dir: string): void => {
  chosen = dir;
};
