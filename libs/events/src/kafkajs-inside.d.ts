/** The client declares no types of its inner parts. */
declare module 'kafkajs/src/network/requestQueue/index.js' {
  interface SentRequest {
    sentAt: number;
    requestTimeout: number;
    timeoutRequest(): void;
  }
  /** Requests of one connection, as far as they matter here. */
  export default class RequestQueue {
    pending: unknown[];
    inflight: Map<number, SentRequest>;
    isConnected(): boolean;
    scheduleRequestTimeoutCheck(): void;
    scheduleCheckPendingRequests(): void;
    /** Called when the connection ends. */
    destroy(): void;
  }
}
