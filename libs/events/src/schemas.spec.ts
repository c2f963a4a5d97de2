import { createHash } from 'node:crypto';
import avsc from 'avsc';
import { decode } from './codec.js';
import { latestOf, learn } from './schemas.js';

interface Field {
  name: string;
  type: unknown;
  default?: unknown;
}
interface Schema {
  fields: Field[];
}

const ownSchema = (): Schema => JSON.parse(latestOf('case.acknowledge')?.schema ?? '{}') as Schema;
const announced = (change: (schema: Schema) => void, type = 'case.acknowledge'): Parameters<typeof learn>[0] => {
  const own = ownSchema();
  change(own);
  const schema = JSON.stringify(own);
  return { id: createHash('sha256').update(schema).digest().readUInt32BE(0) >>> 1, type, version: 2, schema };
};
const framed = (id: number, schema: string, value: unknown): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(id, 1);
  return Buffer.concat([head, avsc.Type.forSchema(JSON.parse(schema) as avsc.Schema).toBuffer(value)]);
};
const field =
  (type: unknown): ((schema: Schema) => void) =>
  (schema) =>
    void schema.fields.push({ name: 'added', type });

describe('learn', () => {
  it('lets this release read what a newer one writes', () => {
    const newer = announced(field('string'));
    learn(newer);
    expect(decode(framed(newer.id, newer.schema, { caseId: 'c1', added: 'new' }))).toEqual({
      type: 'case.acknowledge',
      caseId: 'c1',
    });
  });

  it.each([
    ['the id is not that of the text', { ...announced(field('long')), id: 5 }],
    ['no contract of that type is known', announced(field('int'), 'case.invented')],
    ['items without width', announced(field({ type: 'array', items: 'null' }))],
    ['items without width', announced(field({ type: 'array', items: { type: 'fixed', name: 'Nothing', size: 0 } }))],
    [
      'items without width',
      announced(
        field({ type: 'array', items: { type: 'record', name: 'Empty', fields: [{ name: 'x', type: 'null' }] } }),
      ),
    ],
    [
      'is not defined before its use',
      announced(field({ type: 'record', name: 'Tree', fields: [{ name: 'child', type: ['null', 'Tree'] }] })),
    ],
    [
      'nested too deeply',
      announced(field(JSON.parse('{"type":"array","items":'.repeat(40) + '"int"' + '}'.repeat(40)))),
    ],
    [
      'too large',
      announced(
        field({ type: 'enum', name: 'Many', symbols: Array.from({ length: 40_000 }, (_, index) => `SYMBOL_${index}`) }),
      ),
    ],
  ])('refuses a schema when %s', (reason, schema) => {
    expect(() => learn(schema)).toThrow(reason);
    expect(() => decode(framed(schema.id, '"string"', 'x'))).toThrow('is not known');
  });

  it('refuses a version this release cannot read', () => {
    expect(() => learn(announced((schema) => schema.fields.splice(0, 1, { name: 'caseId', type: 'boolean' })))).toThrow(
      'case.acknowledge',
    );
  });
});
