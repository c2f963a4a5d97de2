import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const CHECK_EVERY_MS = 1_000;

const open = new Set<RequestQueue>();
let timer: NodeJS.Timeout | undefined;

/** Gives up requests that were not answered in time, of every connection of the process. */
const check = (): void => {
  const now = Date.now();
  for (const queue of open) {
    for (const request of queue.inflight.values())
      if (now - request.sentAt > request.requestTimeout) request.timeoutRequest();
    if (!queue.isConnected()) open.delete(queue);
  }
  if (open.size > 0) return;
  clearInterval(timer);
  timer = undefined;
};

/**
 * Lets connections rest that have nothing to do: the client (2.2.4) looks a thousand times a second whether a queue
 * that is empty may be sent, and ten times a second, for each connection, whether an answer is late. Here nobody looks
 * at an empty queue, and once a second at all of them for late answers. For the whole process, once.
 */
export const letQueuesRest = (): void => {
  const { prototype } = RequestQueue;
  if (prototype.scheduleRequestTimeoutCheck === checkTogether) return;
  const { scheduleCheckPendingRequests, destroy } = prototype;
  prototype.scheduleRequestTimeoutCheck = checkTogether;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
  prototype.destroy = function (this: RequestQueue) {
    open.delete(this);
    destroy.call(this);
  };
};

function checkTogether(this: RequestQueue): void {
  open.add(this);
  timer ??= setInterval(check, CHECK_EVERY_MS).unref();
}
