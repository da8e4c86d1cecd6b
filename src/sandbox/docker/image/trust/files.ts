import type { TrustMaterial } from './material.ts';

const folder = '/usr/local/share/tacho-trust';
const bundlePath = `${folder}/bundle.crt`;
const extrasPath = `${folder}/extras.crt`;
const aptPath = `${folder}/apt.conf`;
const wgetPath = `${folder}/wgetrc`;

/**
 * Files, by absolute path, that make an image trust the host's extra certificates: a bundle for the variables below, and one file a
 * certificate in the folders that update-ca-certificates (Debian, Alpine) and update-ca-trust (Fedora) read when they are installed later.
 */
export const trustFiles = ({ extras, bundle }: TrustMaterial): ReadonlyMap<string, string> =>
  new Map([
    [bundlePath, bundle],
    [extrasPath, extras.map((pem) => `${pem}\n`).join('')],
    [aptPath, `Acquire::https::CAInfo "${bundlePath}";\n`],
    [wgetPath, `ca_certificate = ${bundlePath}\n`],
    ...extras.flatMap((pem, index): [string, string][] => [
      [`/usr/local/share/ca-certificates/tacho-trust-${index}.crt`, `${pem}\n`],
      [`/etc/pki/ca-trust/source/anchors/tacho-trust-${index}.crt`, `${pem}\n`],
    ]),
  ]);

/** What points each tool at the bundle; Node adds the extras to the roots of its own. apt and wget know only configuration files. */
export const trustVariables: Readonly<Record<string, string>> = {
  SSL_CERT_FILE: bundlePath,
  CURL_CA_BUNDLE: bundlePath,
  PIP_CERT: bundlePath,
  REQUESTS_CA_BUNDLE: bundlePath,
  GIT_SSL_CAINFO: bundlePath,
  CARGO_HTTP_CAINFO: bundlePath,
  NODE_EXTRA_CA_CERTS: extrasPath,
  UV_SYSTEM_CERTS: 'true',
  APT_CONFIG: aptPath,
  WGETRC: wgetPath,
};

/** Instructions that put the files of the image `reference` and the variables into the image being built; they need no shell in it. */
export const trustInstructions = (reference: string): readonly string[] => [
  `COPY --from=${reference} / /`,
  `ENV ${Object.entries(trustVariables)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')}`,
];
