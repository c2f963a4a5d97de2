/** What can go wrong on the way to a vendor. The one question that matters afterwards: can the action have happened? */
export abstract class ConnectorError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The vendor, or this target at the vendor, cannot do it; nothing was done. */
export class Unsupported extends ConnectorError {}

/** The vendor said no (a 4xx with a reason); nothing was done. */
export class VendorRefused extends ConnectorError {
  /** @param status HTTP status; @param code the vendor's own error code, empty if it gave none. */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The vendor could not be asked, or its answer made no sense. Nothing was acted upon by this call. */
export class VendorUnavailable extends ConnectorError {}

/**
 * An acting call was sent and its answer is missing: it may or may not have happened. Never repeat it blindly; ask the
 * vendor.
 */
export class OutcomeUnknown extends ConnectorError {}
