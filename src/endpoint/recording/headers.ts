/** What a decoder or a reader of a recording can use. Cookies, organisation names and the like are nobody's business. */
const kept =
  /^(content-type|content-encoding|date|server|retry-after|retry-after-ms|x-should-retry|x-request-id|request-id|openai-processing-ms|openai-version|(x|anthropic)-ratelimit-[\w-]+|x-tacho-simulated)$/;

/** The headers of an answer that are recorded. */
export const recordedHeaders = (headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => kept.test(name.toLowerCase())));
