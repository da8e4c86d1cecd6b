/** An image reference taken apart: `repository` with its registry, `suffix` is ":tag", "@digest", both or nothing. */
export type Reference = { readonly repository: string; readonly suffix: string };

const hasRegistry = (repository: string): boolean => {
  const first = repository.split('/')[0] ?? '';
  return repository.includes('/') && (/[.:]/.test(first) || first === 'localhost');
};

/** Splits a reference at its tag or digest; the colon of a registry's port is no tag. */
export const splitReference = (reference: string): Reference => {
  const digestAt = reference.indexOf('@');
  const named = digestAt < 0 ? reference : reference.slice(0, digestAt);
  const colon = named.lastIndexOf(':');
  const end = colon > named.lastIndexOf('/') ? colon : named.length;
  return { repository: reference.slice(0, end), suffix: reference.slice(end) };
};

/** The full form that engines use: `ubuntu` is `docker.io/library/ubuntu:latest`. */
export const canonicalReference = (reference: string): string => {
  const { repository, suffix } = splitReference(reference);
  const tagged = suffix === '' ? ':latest' : suffix;
  if (hasRegistry(repository)) return repository.replace(/^index\.docker\.io\//, 'docker.io/') + tagged;
  return `docker.io/${repository.includes('/') ? '' : 'library/'}${repository}${tagged}`;
};
