import { z } from 'zod';
import { isSource, isTenant, SOURCE_NAME_RULE, TENANT_NAME_RULE } from '#libs/terms';
import type { SyslogClient, SyslogPort } from './listeners/syslog-port.js';

const tenant = z.string().refine(isTenant, TENANT_NAME_RULE);
const source = z.string().refine(isSource, SOURCE_NAME_RULE);
const fingerprint = z
  .string()
  .regex(/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i, "is a certificate's SHA-256: 64 hexadecimal digits");

const client = z
  .object({ tenant, source, fingerprint: fingerprint.optional(), name: z.string().min(1).optional() })
  .transform((said, context): SyslogClient => {
    const { fingerprint: digest, name, ...owner } = said;
    if (digest !== undefined && name === undefined) return { ...owner, fingerprint: digest };
    if (name !== undefined && digest === undefined) return { ...owner, name };
    context.addIssue({ code: 'custom', message: 'has either fingerprint or name, of its certificate' });
    return z.NEVER;
  });

const listener = z
  .object({
    port: z.coerce.number().int().min(0).max(65_535),
    transport: z.enum(['tcp', 'udp', 'tls']),
    tenant: tenant.optional(),
    source: source.optional(),
    clients: z.array(client).min(1).optional(),
  })
  .transform((said, context): SyslogPort => {
    const { port, transport, clients } = said;
    const wrong = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    if (clients && transport !== 'tls') return wrong(`has clients, whom ${transport} cannot tell apart: only tls can`);
    if (clients && (said.tenant ?? said.source) !== undefined)
      return wrong('has clients, who say the tenant and source: it says none itself');
    if (transport === 'tls' && clients) return { port, transport, clients };
    if (said.tenant === undefined || said.source === undefined) return wrong('says tenant and source, whose it is');
    return { port, transport, tenant: said.tenant, source: said.source };
  });

const kindOf = ({ port, transport }: SyslogPort): string => `${transport === 'udp' ? 'udp' : 'tcp'} ${port}`;

/** Listeners of syslog, no two at one port. */
export const syslogListeners = z.array(listener).superRefine((listeners, context) => {
  const taken = new Set<string>();
  for (const at of listeners) {
    if (at.port !== 0 && taken.has(kindOf(at)))
      context.addIssue({ code: 'custom', message: `two listen at ${kindOf(at)}` });
    taken.add(kindOf(at));
  }
});
