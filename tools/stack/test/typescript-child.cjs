// Runs a TypeScript file of this repository in a plain node process: node --conditions=source typescript-child.cjs FILE
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const find = Module._resolveFilename;
Module._resolveFilename = function resolveTypeScript(request, ...rest) {
  const source = request.startsWith('.') && request.endsWith('.js') ? request.replace(/\.js$/, '.ts') : request;
  try {
    return find.call(this, source, ...rest);
  } catch {
    return find.call(this, request, ...rest);
  }
};
Module._extensions['.ts'] = (module, filename) => {
  const options = {
    filename,
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
require(resolve(process.argv[2]));
