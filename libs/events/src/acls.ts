import kafkajs, { type AclEntry, type AclFilter } from 'kafkajs';
import { withAdmin } from './admin.js';
import type { Broker } from './port.js';

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

/** Permits; what is permitted already stays so. Nothing is taken away. */
export const ensureAcls = async (broker: Broker, rules: AclRule[]): Promise<void> => {
  if (rules.length === 0) return;
  await withAdmin(broker, (admin) => admin.createAcls({ acl: rules.map(entryOf) }));
};

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

/** What is permitted, to all or to one. */
export const listAcls = (broker: Broker, principal?: string): Promise<AclRule[]> =>
  withAdmin(broker, async (admin) => {
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
  });

/** Takes everything from a principal. */
export const dropAcls = async (broker: Broker, principal: string): Promise<void> => {
  await withAdmin(broker, (admin) => admin.deleteAcls({ filters: [filterOf(principal)] }));
};
