import { defineService } from '#libs/service';
import { ASKED_BY_PEOPLE } from '#libs/terms';
import { openAsk } from './asking/ask.js';
import { config } from './config.js';
import { openQuotas } from './http/quotas.js';
import { openLive } from './live/consumption.js';
import { limitReads, timely } from './reading/limits.js';
import { openScopes } from './reading/scopes.js';
import { views } from './views/index.js';

/** Reads of one caller that wait for their turn: some pages of cases with all that belongs to them. */
const READS_WAITING = 500;

/**
 * What portals see and ask: views of everything people need, two GraphQL schemas over them, requests to the services
 * that decide.
 */
export const gateway = defineService({
  name: 'gateway',
  config,
  shows: views,
  asksForPeople: ASKED_BY_PEOPLE,
  ports: async (context) => {
    const { ANSWER_WAIT_MS, VIEW_WAIT_MS, OPERATOR_ADMINS, READ_WITHIN_MS, READS_AT_ONCE, ...bounds } = context.config;
    // Without answers nothing can be asked any more: an uncaught fault ends the process, as one of the loops would.
    const live = await openLive({ broker: context.broker, store: timely(context.store, READ_WITHIN_MS) }, (error) =>
      setImmediate(() => {
        throw error;
      }),
    );
    const viewReadMs = Math.min(READ_WITHIN_MS, VIEW_WAIT_MS);
    const now = (): number => performance.now();
    const reads = limitReads(
      context.store,
      { withinMs: READ_WITHIN_MS, atOnce: READS_AT_ONCE, waiting: READS_WAITING },
      now,
    );
    const quotas = openQuotas(
      {
        requests: { perSecond: bounds.REQUESTS_PER_SECOND, burst: bounds.REQUESTS_AT_ONCE },
        socketsPerUser: bounds.SOCKETS_PER_USER,
        sockets: bounds.SOCKETS_AT_MOST,
        subscriptionsPerUser: bounds.SUBSCRIPTIONS_PER_USER,
      },
      now,
    );
    return {
      context,
      reads,
      quotas,
      live,
      scopes: openScopes({ reads, settings: context.settings }, OPERATOR_ADMINS),
      ask: openAsk(
        context,
        { answers: live.answers, views: { settings: context.settings, store: timely(context.store, viewReadMs) } },
        { answerMs: ANSWER_WAIT_MS, viewMs: VIEW_WAIT_MS },
      ),
    };
  },
  // Loaded when it listens: whoever only reads this page needs no GraphQL server.
  listens: { start: async (ports) => (await import('./http/serve.js')).serve(ports) },
  close: ({ live }) => live.stop(),
});
