/** The bounds of the HTTP side. Times are milliseconds, sizes bytes, unless the name says otherwise. */
export const httpLimits = {
  /** Largest request body: a queue with years of holidays in it. */
  maxBodyBytes: 64 * 1024,
  /** All header lines of a request must have arrived by then; the whole request by the second, an uploaded file by the third. */
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  uploadTimeoutMs: 10 * 60_000,
  /** An idle connection is kept for this long, longer than usual proxies keep theirs. */
  keepAliveMs: 65_000,
  /** Failed sign-ins: of one e-mail address from one network address, of one e-mail address, of one network address. */
  signInWindowS: 15 * 60,
  signInsPerPersonAndAddress: 10,
  signInsPerPerson: 100,
  signInsPerAddress: 50,
  /** Look-ups and uses of one-time links from one network address, in the same window. */
  linkTriesPerAddress: 60,
  /** Browsers may keep the element and pages this long before asking whether they changed. */
  scriptCacheS: 300,
  /** And a sound, which never changes under its address, for this long without asking. */
  soundCacheS: 365 * 24 * 60 * 60,
} as const;
