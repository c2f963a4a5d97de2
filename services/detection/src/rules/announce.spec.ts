import { malformed } from '#libs/testing';
import { logFailures } from './announce.js';

const failures = [
  { file: 'rules of Acme.yml', line: 1, reason: 'there is no modifier |acme' },
  { file: 'b.yml', line: 2, reason: 'x' },
];
const logged = (tenant?: string): [object, string][] => {
  const lines: [object, string][] = [];
  logFailures(
    malformed({ warn: (fields: object, message: string) => void lines.push([fields, message]) }),
    failures,
    tenant,
  );
  return lines;
};

it("of a tenant's rules the log says how many cannot be loaded, and nothing that stands in them", () =>
  expect(logged('acme')).toEqual([[{ tenant: 'acme', failures: 2 }, 'rules of a tenant cannot be loaded']]));
it('of the rules for everybody it says which and why', () =>
  expect(logged().map(([fields]) => fields)).toEqual(failures));
