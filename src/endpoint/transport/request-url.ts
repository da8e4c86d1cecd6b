/**
 * Where a request goes: a protocol's path below an endpoint's base address, whose query stays a query. `scheme` is the
 * transport's: an address may be written for either.
 */
export const requestUrl = (address: string, path: string, scheme: 'http' | 'ws'): URL => {
  const url = new URL(address.replace(/^(?:http|ws)(?=s?:)/, scheme));
  url.pathname = url.pathname.replace(/\/$/, '') + path;
  return url;
};
