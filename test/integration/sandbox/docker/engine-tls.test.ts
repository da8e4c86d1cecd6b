import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { expect, it } from 'vitest';
import { aDockerProvider, engineSocket, openBase } from '../../../support/engine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { describeWithEngine } from '../../../support/with-engine.ts';

const sign = (name: string, extension: string): readonly string[] => [
  `openssl req -newkey rsa:2048 -nodes -keyout ${name}-key.pem -out ${name}.csr -subj /CN=${name}`,
  `echo ${extension} >extension`,
  `openssl x509 -req -in ${name}.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -days 2 -extfile extension -out ${name}.pem`,
];
const makeCertificates = [
  'mkdir /pki && cd /pki',
  'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca-key.pem -out ca.pem -subj /CN=ca -addext keyUsage=critical,keyCertSign',
  ...sign('server', 'subjectAltName=IP:127.0.0.1'),
  ...sign('client', 'extendedKeyUsage=clientAuth'),
].join(' && ');
/** As they are named in a sandbox, and as a folder of certificates must name the client's. */
const files = {
  'ca.pem': 'ca.pem',
  'client.pem': 'cert.pem',
  'client-key.pem': 'key.pem',
  'server.pem': 'server.pem',
  'server-key.pem': 'server-key.pem',
};

const certificatesIn = async (folder: string): Promise<void> => {
  await using provider = aDockerProvider();
  await using sandbox = await openBase(provider);
  expect((await sandbox.shell.exec(['sh', '-c', makeCertificates])).exitCode).toBe(0);
  for (const [name, as] of Object.entries(files))
    await writeFile(join(folder, as), (await sandbox.shell.readFile(`/pki/${name}`)) ?? '');
};

/** The engine of this machine behind TLS that wants to see the client's certificate. */
const overTls = async (folder: string) => {
  const read = (name: string) => readFile(join(folder, name));
  const [cert, key, ca] = await Promise.all([read('server.pem'), read('server-key.pem'), read('ca.pem')]);
  const options = { cert, key, ca, requestCert: true, rejectUnauthorized: true, allowHalfOpen: true };
  const server = createServer(options, (socket) => {
    const engine = connect({ path: engineSocket, allowHalfOpen: true });
    for (const [one, other] of [
      [socket, engine],
      [engine, socket],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { host: `tcp://127.0.0.1:${port}`, [Symbol.asyncDispose]: async () => void server.close() };
};

describeWithEngine('an engine behind TLS', () => {
  it('is spoken to with the certificates that the variables name, and not without', async () => {
    await using folder = await temporaryFolder();
    await certificatesIn(folder.path);
    await using server = await overTls(folder.path);
    const environment = { DOCKER_HOST: server.host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder.path };
    await using provider = aDockerProvider({ environment });
    await using sandbox = await openBase(provider);
    expect((await sandbox.shell.exec(['wc', '-c'], { stdin: 'x'.repeat(500_000) })).stdout.text).toBe('500000\n');
    await sandbox.shell.writeFile('/a', 'b');
    expect(Buffer.from((await sandbox.shell.readFile('/a')) ?? []).toString()).toBe('b');

    const plain = aDockerProvider({ environment: { DOCKER_HOST: server.host } });
    await expect(plain.info()).rejects.toMatchObject({ code: 'engine-unreachable' });
  });
});
