/**
 * Loaded into every service by `node --require`, before anything of it: while there is a file VIGIE_FAULTS_CRASH, it says
 * where a process is to end, as by kill -9. The first of a service's replicas that comes there takes the file away and
 * ends; the others go on. So it is a process that ends in the midst of its work, and not one that has just begun. What
 * the calls are is known by the clients' own functions, so that nothing of it is in the product.
 *
 * The file says <point>:<before|after>:<n>#<number of the fault>, the n-th call of a process since. A point is
 *   insert   a commit is written to the store        publish  records are sent to the broker
 *   mark     sent commits are marked as such         commit   offsets are committed
 *   vendor   a vendor's API is called
 */
const { readFileSync, unlinkSync } = require('node:fs');
const { resolve } = require('node:path');

const FILE = process.env.VIGIE_FAULTS_CRASH ?? '';
const COMMITS = 'commits';
let counted = { said: '', calls: 0 };

const saidNow = () => {
  try {
    return readFileSync(FILE, 'utf8');
  } catch {
    return '';
  }
};

/** On which side of this call the process is to end, if at all. */
const turnOf = (point) => {
  const said = saidNow();
  if (said !== counted.said) counted = { said, calls: 0 };
  const [at, side, nth] = said.split('#', 1)[0].split(':');
  if (at !== point) return undefined;
  counted.calls += 1;
  return counted.calls >= Number(nth) ? side : undefined;
};

/** Ends this process, unless another one has. */
const die = () => {
  try {
    unlinkSync(FILE);
  } catch {
    return;
  }
  process.stderr.write(`crash point ${counted.said}\n`);
  process.kill(process.pid, 'SIGKILL');
  // Nothing more of this process runs, whatever the kernel does first.
  for (;;);
};

/** Wraps a function of a prototype that returns a promise; `counts` says whether a call is one of those that count. */
const wrap = (point, owner, name, counts = () => true) => {
  const own = owner[name];
  owner[name] = function (...args) {
    const side = counts.call(this, ...args) ? turnOf(point) : undefined;
    if (side === 'before') die();
    const done = own.apply(this, args);
    if (side !== 'after') return done;
    return Promise.resolve(done).then((found) => {
      die();
      return found;
    });
  };
};

const inCommits = function () {
  return this.collectionName === COMMITS;
};

const wrapVendors = () => {
  const http = require('node:http');
  const { request } = http;
  http.request = (...args) => {
    const side = turnOf('vendor');
    if (side === 'before') die();
    const asked = request(...args);
    return side === 'after' ? asked.once('response', die) : asked;
  };
  require('node:module').syncBuiltinESMExports();
};

const wrapAll = () => {
  const { prototype: collection } = require('mongodb').Collection;
  const { prototype: broker } = require('kafkajs/src/broker');
  wrap('insert', collection, 'insertOne', inCommits);
  wrap('insert', collection, 'insertMany', inCommits);
  wrap('mark', collection, 'updateMany', function (_filter, update) {
    return inCommits.call(this) && update?.$unset?.unpublished !== undefined;
  });
  wrap('publish', broker, 'produce');
  wrap('commit', broker, 'offsetCommit');
  wrapVendors();
};

// Not into what a service starts of its own: those call none of it.
const isService = /services\/\w+\/src\/main\.js$/.test(resolve(process.argv[1] ?? ''));
if (FILE !== '' && isService && require('node:worker_threads').isMainThread) wrapAll();
