import { defineService } from '#libs/service';
import { grantStream } from './domain/grant/decider.js';
import { tenantStream } from './domain/tenant/decider.js';

/** Customers, what is agreed with them, and who may see and do what. */
export const tenants = defineService({ name: 'tenants', decides: [tenantStream, grantStream] });
