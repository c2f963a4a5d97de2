import { z } from 'zod';
import type { ResponseConnector } from '../connector.js';
import { endpoints } from './endpoints.js';
import { identify } from './identify.js';
import { isolateHost } from './isolate-host.js';
import { logIn } from './log-in.js';
import { releaseHost } from './release-host.js';

/**
 * Microsoft Defender for Endpoint. Origins of its secret: that of the base address and that of the login
 * (https://login.microsoftonline.com, or its own `authority`). Base address `https://api.security.microsoft.com` (or a
 * regional one), account = the Entra tenant id, secret = `{"clientId","clientSecret"}` of an application with
 * Machine.Isolate, Machine.Read.All and AdvancedQuery.Read.All.
 */
export const defender: ResponseConnector = {
  vendor: 'defender',
  title: 'Microsoft Defender for Endpoint',
  endpoints,
  logIn,
  explain: (body) => {
    const error = errorShape.safeParse(body);
    const { code, message } = error.success ? error.data.error : { code: '', message: '' };
    return { code, message, unsupported: CANNOT.has(code) };
  },
  identify,
  actions: [isolateHost, releaseHost],
};

const errorShape = z.object({ error: z.object({ code: z.string().default(''), message: z.string().default('') }) });

const CANNOT = new Set(['OsPlatformNotSupported', 'ClientVersionNotSupported', 'DisabledFeature']);
