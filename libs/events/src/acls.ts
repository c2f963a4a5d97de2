import kafkajs, { type AclEntry, type AclFilter, type Admin } from 'kafkajs';
import { withAdmin } from './admin.js';
import type { Broker } from './port.js';
import { untilShown } from './shown.js';

export type AclOperation =
  | 'ALL'
  | 'READ'
  | 'WRITE'
  | 'CREATE'
  | 'DELETE'
  | 'ALTER'
  | 'DESCRIBE'
  | 'DESCRIBE_CONFIGS'
  | 'ALTER_CONFIGS'
  | 'IDEMPOTENT_WRITE';

/** A permission. There are no denials: what is not allowed is denied. */
export interface AclRule {
  /** User name, without `User:`. */
  principal: string;
  operation: AclOperation;
  resource: 'TOPIC' | 'GROUP' | 'CLUSTER';
  name: string;
  pattern: 'LITERAL' | 'PREFIXED';
}

const USER = 'User:';

const entryOf = ({ principal, operation, resource, name, pattern }: AclRule): AclEntry => ({
  principal: USER + principal,
  host: '*',
  permissionType: kafkajs.AclPermissionTypes.ALLOW,
  operation: kafkajs.AclOperationTypes[operation],
  resourceType: kafkajs.AclResourceTypes[resource],
  resourceName: name,
  resourcePatternType: kafkajs.ResourcePatternTypes[pattern],
});

const filterOf = (principal: string | undefined): AclFilter => ({
  resourceType: kafkajs.AclResourceTypes.ANY,
  resourcePatternType: kafkajs.ResourcePatternTypes.ANY,
  operation: kafkajs.AclOperationTypes.ANY,
  permissionType: kafkajs.AclPermissionTypes.ANY,
  ...(principal === undefined ? {} : { principal: USER + principal }),
});

/** The client's enums know no way back. */
const nameOf = <Name extends string>(values: object, value: number): Name =>
  (Object.entries(values).find(([, known]) => known === value)?.[0] ?? 'UNKNOWN') as Name;

const rulesOf = async (admin: Admin, principal: string | undefined): Promise<AclRule[]> => {
  const { resources } = await admin.describeAcls(filterOf(principal));
  return resources.flatMap(({ acls, resourceType, resourceName, resourcePatternType }) =>
    acls.map(
      (acl): AclRule => ({
        principal: acl.principal.replace(USER, ''),
        operation: nameOf<AclOperation>(kafkajs.AclOperationTypes, acl.operation),
        resource: nameOf<AclRule['resource']>(kafkajs.AclResourceTypes, resourceType),
        name: resourceName,
        pattern: nameOf<AclRule['pattern']>(kafkajs.ResourcePatternTypes, resourcePatternType),
      }),
    ),
  );
};

/** What is permitted, to all or to one. */
export const listAcls = (broker: Broker, principal?: string): Promise<AclRule[]> =>
  withAdmin(broker, (admin) => rulesOf(admin, principal));

const keyOf = ({ principal, operation, resource, name, pattern }: AclRule): string =>
  [principal, operation, resource, name, pattern].join('\n');

/**
 * Permits; what is permitted already stays so. Nothing is taken away. Resolves once the broker that is asked permits
 * it. @throws Fault when it does not within two minutes.
 */
export const ensureAcls = async (broker: Broker, rules: AclRule[]): Promise<void> => {
  if (rules.length === 0) return;
  await withAdmin(broker, async (admin) => {
    await admin.createAcls({ acl: rules.map(entryOf) });
    await untilShown('what it was told to permit', async () => {
      const permitted = new Set((await rulesOf(admin, undefined)).map(keyOf));
      return rules.every((rule) => permitted.has(keyOf(rule)));
    });
  });
};

/** Takes everything from a principal. Resolves once the broker that is asked permits it nothing any more. */
export const dropAcls = (broker: Broker, principal: string): Promise<void> =>
  withAdmin(broker, async (admin) => {
    await admin.deleteAcls({ filters: [filterOf(principal)] });
    await untilShown(`that nothing is permitted to ${principal}`, async () => {
      return (await rulesOf(admin, principal)).length === 0;
    });
  });
