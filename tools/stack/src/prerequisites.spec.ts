import { missing, type Probe } from './prerequisites.js';

const all = { jars: true, store: true };
const machine =
  (programs: Record<string, string | undefined>): Probe =>
  (command, args) =>
    programs[[command, ...args].join(' ')];
const complete = {
  'java -version': 'openjdk version "17.0.15" 2025-04-15',
  'mvn -v': 'Apache Maven 3.8.7',
  'python3 --version': 'Python 3.11.7',
  'python3 -c import venv, ensurepip': '',
};

it('misses nothing on a complete machine', () => expect(missing(all, machine(complete), 'linux')).toEqual([]));

it('names everything at once, each with the command that installs it', () =>
  expect(missing(all, machine({}), 'linux')).toEqual([
    'Java 17 or later (`java`) is missing: install it with `sudo apt-get install -y openjdk-17-jre-headless`.',
    'Maven (`mvn`) is missing: install it with `sudo apt-get install -y maven`.',
    'Python 3.10 or later (`python3`) is missing: install it with `sudo apt-get install -y python3 python3-venv`.',
  ]));

it('speaks of the package manager of the system', () =>
  expect(missing(all, machine({ ...complete, 'mvn -v': undefined }), 'darwin')).toEqual([
    'Maven (`mvn`) is missing: install it with `brew install maven`.',
  ]));

it('takes an old Java, an old Python and a Python without venv for missing', () => {
  const old = { ...complete, 'java -version': 'java version "1.8.0_392"', 'python3 --version': 'Python 3.9.2' };
  expect(missing(all, machine(old), 'linux').map((line) => line.split(' ')[0])).toEqual(['Java', 'Python']);
  const { 'python3 -c import venv, ensurepip': _, ...bare } = complete;
  expect(missing(all, machine(bare), 'linux')).toEqual([
    "Python's venv module is missing: install it with `sudo apt-get install -y python3-venv`.",
  ]);
});

it('asks only for Java once everything is fetched', () =>
  expect(
    missing({ jars: false, store: false }, machine({ 'java -version': 'openjdk version "21.0.1"' }), 'linux'),
  ).toEqual([]));
