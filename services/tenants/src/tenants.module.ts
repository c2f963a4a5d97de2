import { defineService } from '#libs/service';
import { grantStream } from './domain/grant.js';
import { tenantStream } from './domain/tenant.js';

/** Customers, what is agreed with them, and who may see and do what. */
export const tenants = defineService({ name: 'tenants', decides: [tenantStream, grantStream] });
