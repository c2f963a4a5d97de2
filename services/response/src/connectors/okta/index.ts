import { z } from 'zod';
import type { ResponseConnector } from '../connector.js';
import { VendorUnavailable } from '../../session/errors.js';
import { endpoints } from './endpoints.js';
import { identify } from './identify.js';
import { suspendUser } from './suspend-user.js';
import { unsuspendUser } from './unsuspend-user.js';

/**
 * Okta. Base address `https://<org>.okta.com`, the one origin of its secret; secret = an API token (SSWS) of an
 * administrator who may manage users and read the system log.
 */
export const okta: ResponseConnector = {
  vendor: 'okta',
  title: 'Okta',
  endpoints,
  logIn: async (config, { secrets }) => {
    const token = (await secrets(config.secretRef)).trim();
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new VendorUnavailable(`the secret ${config.secretRef} is not an API token`);
    return { authorization: `SSWS ${token}`, expiresAt: Infinity };
  },
  retryAt: (headers) => {
    const seconds = Number(headers['x-rate-limit-reset']);
    return seconds > 0 ? seconds * 1_000 : undefined;
  },
  explain: (body) => {
    const error = errorShape.safeParse(body);
    return { code: error.data?.errorCode ?? '', message: error.data?.errorSummary ?? '', unsupported: false };
  },
  identify,
  actions: [suspendUser, unsuspendUser],
};

const errorShape = z.object({ errorCode: z.string().default(''), errorSummary: z.string().default('') });
