// Makes a backup into a folder of its own, named for the minute, and then takes away the oldest beyond so many:
// node backup.cjs FOLDER KEEP COMMAND … ; the command gets `--out` and the new folder behind it. What a command that
// failed left is taken away a day later, when nobody can be writing there any more: a folder without a manifest is no
// backup, and the disk is to hold the next one.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');

const [folder, keep, command, ...args] = process.argv.slice(2);
const NAMED = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}$/;
const isWhole = (name) => existsSync(join(folder, name, 'manifest.json'));
const ours = () =>
  readdirSync(folder)
    .filter((name) => NAMED.test(name))
    .sort();
const nameOf = (date) => date.toISOString().slice(0, 16).replace(':', '-');
const yesterday = new Date();
yesterday.setUTCDate(yesterday.getUTCDate() - 1);
const isOver = (name) => name < nameOf(yesterday);
const take = (name) => {
  rmSync(join(folder, name), { recursive: true });
  console.log(`took away ${name}`);
};

ours()
  .filter((name) => !isWhole(name) && isOver(name))
  .forEach(take);
const name = nameOf(new Date());
const { status } = spawnSync(command, [...args, '--out', join(folder, name)], { stdio: 'inherit' });
if (status === 0) ours().filter(isWhole).slice(0, -Number(keep)).forEach(take);
process.exitCode = status ?? 1;
