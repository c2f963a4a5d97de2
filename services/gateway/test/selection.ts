import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

const DEEP = 7;

const needsArguments = (field: GraphQLField<unknown, unknown>): boolean =>
  field.args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);

/** Every field below a type, with all that lies below it: so that a query shows all there is to leak. */
const below = (type: GraphQLObjectType, depth: number): string =>
  Object.values(type.getFields())
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (needsArguments(field)) return [];
      if (isScalarType(inner) || isEnumType(inner)) return [field.name];
      return isObjectType(inner) && depth < DEEP ? [`${field.name} { ${below(inner, depth + 1)} }`] : [];
    })
    .join(' ');

/** The selection of a root field; of an interface, all fields of the type that is named. */
export const selectionOf = (schema: GraphQLSchema, field: GraphQLField<unknown, unknown>, as?: string): string => {
  const type = getNamedType(field.type);
  if (isScalarType(type) || isEnumType(type)) return '';
  if (isObjectType(type)) return `{ ${below(type, 0)} }`;
  const wanted = as ? schema.getType(as) : undefined;
  if (isInterfaceType(type) && isObjectType(wanted)) return `{ __typename id ... on ${as} { ${below(wanted, 0)} } }`;
  throw new Error(`how is ${field.name} looked into?`);
};

/** All root fields of a schema as `Query.cases`. */
export const rootFields = (schema: GraphQLSchema): string[] =>
  [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    type ? Object.keys(type.getFields()).map((name) => `${type.name}.${name}`) : [],
  );

export const rootField = (schema: GraphQLSchema, path: string): GraphQLField<unknown, unknown> => {
  const [type = '', name = ''] = path.split('.');
  const root = schema.getType(type);
  const field = isObjectType(root) ? root.getFields()[name] : undefined;
  if (!field) throw new Error(`no field ${path}`);
  return field;
};
