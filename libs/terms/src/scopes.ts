/** Scope of facts of the operator itself, which concern no single tenant. */
export const OPERATOR = '_operator';

const TENANT = /^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/;
/** What may name a tenant, for people. */
export const TENANT_NAME_RULE = '2 to 32 of a-z, 0-9 and -, not - first or last';

/**
 * Whether a text may name a tenant. Nothing else may: the name is part of topics, folders, principals and issuers, so
 * it has no dots, slashes, capitals or special characters.
 */
export const isTenant = (text: string): boolean => TENANT.test(text);

const SECRET_REFERENCE = /^[A-Za-z][A-Za-z0-9_./-]{0,99}$/;
/** Whether a tenant's settings may name a secret so; the secrets file takes no other. */
export const isSecretReference = (text: string): boolean => SECRET_REFERENCE.test(text);

const ONCE = /^[a-z0-9-]{2,32}$/;
/**
 * Whether a text may have named a tenant in an earlier release, which took those that begin or end with `-`, too. For
 * what is there already, such as folders: it is no path, and that is all.
 */
export const mayHaveBeenTenant = (text: string): boolean => ONCE.test(text);

/** Whether a text may scope a fact, a query or a stream: a tenant's name, or the operator. */
export const isScope = (text: string): boolean => text === OPERATOR || isTenant(text);

const SOURCE = /^[a-z0-9-]{1,40}$/;
/** What may name a source of telemetry, for people. */
export const SOURCE_NAME_RULE = '1 to 40 of a-z, 0-9 and -';

/** Whether a text may name a source of telemetry: it is part of its topic's name. */
export const isSource = (text: string): boolean => SOURCE.test(text);

/** Whether a text may name a vendor's connector. */
export const isVendor = isSource;
