// What a provider answers instead of content.
export class Refusal extends Error {
  /** `kind` is one of invalid, auth, rate, server, overloaded, context, unsupported; each format has its own words for it. */
  constructor(status, kind, message, { param = null, headers = {} } = {}) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.param = param;
    this.headers = headers;
  }
}
