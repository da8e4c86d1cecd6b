import { createHash, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

/** Certificates in PEM: the host's own, which no public list holds, and everything to be trusted together. */
export type TrustMaterial = { readonly extras: readonly string[]; readonly bundle: string };

/** Where administrators put a company's certificates, and the variables that name a file of them. */
const folders = ['/usr/local/share/ca-certificates', '/etc/pki/ca-trust/source/anchors'];
const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

const certificatesIn = (text: string): readonly string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

const readOrNothing = (path: string): string => {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
};

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(crt|pem|cer)$/.test(name))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
};

const fingerprintOf = (pem: string): string | undefined => {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return undefined;
  }
};

const distinct = (pems: readonly string[]): ReadonlyMap<string, string> =>
  new Map(
    pems.flatMap((pem): [string, string][] => {
      const fingerprint = fingerprintOf(pem);
      return fingerprint === undefined ? [] : [[fingerprint, pem.replaceAll('\r', '').trim()]];
    }),
  );

/**
 * The host's extra CA certificates, beside the public roots that Node carries; undefined when the host trusts nobody else.
 * The same certificates give the same text, whatever their order and their files.
 */
export const readTrustMaterial = (
  environment: Readonly<Record<string, string | undefined>>,
): TrustMaterial | undefined => {
  const named = variables.flatMap((name) => environment[name] ?? []);
  const found = distinct(
    [...folders.flatMap(filesIn), ...named].flatMap((path) => certificatesIn(readOrNothing(path))),
  );
  const publicRoots = distinct(rootCertificates);
  const extras = [...found]
    .filter(([fingerprint]) => !publicRoots.has(fingerprint))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pem]) => pem);
  if (extras.length === 0) return undefined;
  return { extras, bundle: [...publicRoots.values(), ...extras].map((pem) => `${pem}\n`).join('') };
};

/** A name for this set of certificates. */
export const trustDigest = ({ bundle }: TrustMaterial): string => createHash('sha256').update(bundle).digest('hex');
