/**
 * Loaded into a service by `node --require`, before anything of it: ends the process, as kill -9 would, just before or
 * just after the n-th call of a kind. What the calls are is known by the clients' own functions, so that nothing of it is
 * in the product.
 *
 * VIGIE_FAULTS_CRASH=<point>:<before|after>:<n>, where a point is
 *   insert   a commit is written to the store        publish  records are sent to the broker
 *   mark     sent commits are marked as such         commit   offsets are committed
 *   vendor   a vendor's API is called
 */
const [point = '', side = '', nth = '1'] = (process.env.VIGIE_FAULTS_CRASH ?? '').split(':');
const COMMITS = 'commits';
let left = Number(nth);

const die = () => {
  process.stderr.write(`crash point ${point}: ${side} call ${nth}\n`);
  process.kill(process.pid, 'SIGKILL');
  // Nothing more of this process runs, whatever the kernel does first.
  for (;;);
};

/** Whether this call is the one. */
const isTurn = () => (left -= 1) === 0;

/** Wraps a function of a prototype that returns a promise; `counts` says whether a call is one of those that count. */
const wrap = (owner, name, counts = () => true) => {
  const own = owner[name];
  owner[name] = function (...args) {
    if (!counts.call(this, ...args) || !isTurn()) return own.apply(this, args);
    if (side === 'before') die();
    return Promise.resolve(own.apply(this, args)).then(die);
  };
};

const inCommits = function () {
  return this.collectionName === COMMITS;
};

const wrapVendor = () => {
  const http = require('node:http');
  const { request } = http;
  http.request = (...args) => {
    if (!isTurn()) return request(...args);
    if (side === 'before') die();
    return request(...args).once('response', die);
  };
  require('node:module').syncBuiltinESMExports();
};

const points = {
  insert: () => {
    const { prototype } = require('mongodb').Collection;
    wrap(prototype, 'insertOne', inCommits);
    wrap(prototype, 'insertMany', inCommits);
  },
  mark: () =>
    wrap(require('mongodb').Collection.prototype, 'updateMany', function (_filter, update) {
      return inCommits.call(this) && update?.$unset?.unpublished !== undefined;
    }),
  publish: () => wrap(require('kafkajs/src/broker').prototype, 'produce'),
  commit: () => wrap(require('kafkajs/src/broker').prototype, 'offsetCommit'),
  vendor: wrapVendor,
};

points[point]?.();
