import { GraphQLScalarType, GraphQLError, Kind } from 'graphql';

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const bad = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

const read = (value: unknown): number => {
  const ms = typeof value === 'string' && RFC3339.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(ms)) throw bad('a time is RFC 3339 with its offset, such as 2026-11-02T10:00:00Z');
  return ms;
};

/** Epoch milliseconds inside, RFC 3339 in UTC outside. */
export const dateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  serialize: (value) => {
    const ms = Number(value);
    if (!Number.isFinite(ms)) throw new GraphQLError('not a time');
    return new Date(ms).toISOString();
  },
  parseValue: read,
  parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : undefined),
});
