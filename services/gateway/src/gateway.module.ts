import { defineService } from '#libs/service';
import { ASKED_BY_PEOPLE } from '#libs/terms';
import { openAsk } from './asking/ask.js';
import type { GatewayConfig } from './config.js';
import { openLive } from './live.js';
import { openScopes } from './reading/scopes.js';
import type { Ports } from './reading/visit.js';
import { views } from './views/index.js';

/** What portals see and ask: views of everything people need, two GraphQL schemas over them, requests to the services that decide. */
export const gateway = defineService<Ports>({
  name: 'gateway',
  shows: views,
  asksForPeople: ASKED_BY_PEOPLE,
  ports: async (context) => {
    const { ANSWER_WAIT_MS, VIEW_WAIT_MS, OPERATOR_ADMINS } = context.config as GatewayConfig;
    // Without answers nothing can be asked any more: an uncaught fault ends the process, as one of the loops would.
    const live = await openLive(context, (error) => setImmediate(() => { throw error; }));
    return { context, live, scopes: openScopes(context, OPERATOR_ADMINS), ask: openAsk(context, live, { answerMs: ANSWER_WAIT_MS, viewMs: VIEW_WAIT_MS }) };
  },
  // Loaded when it listens: whoever only reads this page needs no GraphQL server.
  listens: async (ports) => (await import('./http/serve.js')).serve(ports),
  close: ({ live }) => live.stop(),
});
