import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aDockerProvider, baseImage, openBase, transfer } from '../../../support/engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { describeWithEngine } from '../../../support/with-engine.ts';

const makeAuthority = [
  'mkdir /pki && cd /pki',
  'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.crt -subj "/CN=Tacho test authority" -addext keyUsage=critical,keyCertSign',
  'openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost',
  'echo subjectAltName=DNS:localhost >extension',
  'openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile extension -out server.crt',
].join(' && ');

const clients: Readonly<Record<string, string>> = {
  curl: 'curl -sS https://localhost:4433/',
  python: `python3 -c 'import urllib.request as u; u.urlopen("https://localhost:4433/").read()'`,
  node: `node -e 'require("https").get("https://localhost:4433/").on("error", () => process.exit(1)).on("response", () => process.exit(0))'`,
  git: 'git ls-remote https://localhost:4433/x 2>&1 | grep -q "not valid"',
  openssl: 'openssl s_client -verify_return_error -connect localhost:4433 </dev/null',
};

/** Which clients trust the server, in a container of an image of this provider. */
const trusting = async (
  trustCa: boolean,
  options: { readonly authorityFile: string; readonly files: ReadonlyMap<string, Uint8Array> },
) => {
  await using provider = aDockerProvider({
    trustCa,
    environment: { ...process.env, NODE_EXTRA_CA_CERTS: options.authorityFile },
  });
  await using sandbox = await openBase(provider, { run: 'trust-ca' });
  for (const [path, content] of options.files) await sandbox.shell.writeFile(path, content);
  const serve = 'cd /pki && openssl s_server -accept 4433 -cert server.crt -key server.key -www >/dev/null 2>&1 &';
  await sandbox.shell.exec(['sh', '-c', `${serve} sleep 1`]);
  const trusted: string[] = [];
  for (const [name, command] of Object.entries(clients)) {
    const { exitCode } = await sandbox.shell.exec(['sh', '-c', command], { timeoutMs: 60_000 });
    if (exitCode === 0) trusted.push(name);
  }
  return trusted;
};

describeWithEngine("the host's extra certificates", () => {
  it('are trusted by every tool in images by reference, and only when asked for', async () => {
    await using folder = await temporaryFolder();
    const authorityFile = join(folder.path, 'ca.pem');
    const files = new Map<string, Uint8Array>();
    {
      await using provider = aDockerProvider();
      await using sandbox = await openBase(provider, { run: 'trust-ca' });
      expect((await sandbox.shell.exec(['sh', '-c', makeAuthority])).exitCode).toBe(0);
      for (const name of ['ca.crt', 'server.crt', 'server.key'])
        files.set(`/pki/${name}`, (await sandbox.shell.readFile(`/pki/${name}`)) ?? new Uint8Array());
    }
    await writeFile(authorityFile, files.get('/pki/ca.crt') ?? '');
    expect(await trusting(true, { authorityFile, files })).toEqual(Object.keys(clients));
    expect(await trusting(false, { authorityFile, files })).toEqual([]);
  });

  it('are there in every stage of a build, survive update-ca-certificates, and need no shell in the base', async () => {
    await using folder = await temporaryFolder();
    await writeFile(
      join(folder.path, 'Dockerfile'),
      [
        `FROM ${baseImage} AS one`,
        'RUN test -s "$SSL_CERT_FILE" && update-ca-certificates --fresh && ls /etc/ssl/certs | grep -c tacho-trust >/count',
        'FROM one',
        'RUN test -s "$PIP_CERT" && apt-config dump | grep -q CAInfo',
        'FROM scratch AS bare',
        'FROM one',
      ].join('\n'),
    );
    await using provider = aDockerProvider({
      trustCa: true,
      environment: { ...process.env, NODE_EXTRA_CA_CERTS: await anAuthority(folder.path) },
    });
    const image = await provider.prepareImage(
      {
        image: { kind: 'build', dockerfile: join(folder.path, 'Dockerfile'), contextFolder: folder.path },
        variables: {},
        limits: {},
        network: 'none',
      },
      transfer,
    );
    await using sandbox = await provider.open(
      { image, variables: {}, limits: {}, network: 'none' },
      { labels: { run: 'trust-ca', trial: 'test' }, signal: transfer.signal },
    );
    expect(Number((await sandbox.shell.exec(['cat', '/count'])).stdout.text)).toBeGreaterThan(0);
  });
});

/** A certificate that no public list holds, made in a sandbox. */
const anAuthority = async (folder: string): Promise<string> => {
  await using provider = aDockerProvider();
  await using sandbox = await openBase(provider, { run: 'trust-ca' });
  await sandbox.shell.exec(['sh', '-c', makeAuthority]);
  const file = join(folder, 'authority.pem');
  await writeFile(file, (await sandbox.shell.readFile('/pki/ca.crt')) ?? '');
  return file;
};
