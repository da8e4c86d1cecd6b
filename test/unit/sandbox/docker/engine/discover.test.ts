import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/domain/errors.ts';
import { discoverEngine } from '../../../../../src/sandbox/docker/engine/discover.ts';

const machine = (environment: Record<string, string>, files: Record<string, string> = {}) => ({
  environment,
  homeFolder: '/home/me',
  readText: (path: string) => files[path],
});
const texts = (environment: Record<string, string>, files: Record<string, string> = {}, host?: string) =>
  discoverEngine(machine(environment, files), host).addresses.map(({ text }) => text);
const folderOf = (name: string) => createHash('sha256').update(name).digest('hex');
const contextFiles = (folder: string, name: string, host: string) => ({
  [`${folder}/contexts/meta/${folderOf(name)}/meta.json`]: JSON.stringify({
    Name: name,
    Endpoints: { docker: { Host: host } },
  }),
});

describe('discoverEngine', () => {
  it('takes the configuration before DOCKER_HOST before the context before the sockets', () => {
    const files = {
      '/home/me/.docker/config.json': '{"currentContext":"far"}',
      ...contextFiles('/home/me/.docker', 'far', 'tcp://far:2375'),
    };
    const environment = { DOCKER_HOST: 'tcp://near:2375' };
    expect(texts(environment, files, 'unix:///mine.sock')).toEqual(['unix:///mine.sock']);
    expect(texts(environment, files)).toEqual(['tcp://near:2375']);
    expect(texts({}, files)).toEqual(['tcp://far:2375']);
    expect(texts({})[0]).toBe('unix:///var/run/docker.sock');
  });

  it('tries the usual sockets of rootless engines, Docker Desktop and podman', () => {
    expect(texts({ XDG_RUNTIME_DIR: '/run/user/7' })).toEqual([
      'unix:///var/run/docker.sock',
      'unix:///run/user/7/docker.sock',
      'unix:///home/me/.docker/run/docker.sock',
      'unix:///run/user/7/podman/podman.sock',
      'unix:///run/podman/podman.sock',
    ]);
  });

  it('follows DOCKER_CONTEXT and DOCKER_CONFIG', () => {
    const files = contextFiles('/conf', 'other', 'unix:///other.sock');
    expect(texts({ DOCKER_CONFIG: '/conf', DOCKER_CONTEXT: 'other' }, files)).toEqual(['unix:///other.sock']);
    expect(texts({ DOCKER_CONTEXT: 'default' })[0]).toBe('unix:///var/run/docker.sock');
  });

  it('reads TLS from the variables and from the context', () => {
    const variables = { DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    expect(discoverEngine(machine(variables)).addresses).toEqual([
      { kind: 'tcp', text: 'tcp://h:2376', host: 'h', port: 2376, tls: { folder: '/certs', verify: true } },
    ]);
    const folder = `/home/me/.docker/contexts/tls/${folderOf('far')}/docker`;
    const files = { ...contextFiles('/home/me/.docker', 'far', 'tcp://far:2376'), [`${folder}/ca.pem`]: 'x' };
    expect(discoverEngine(machine({ DOCKER_CONTEXT: 'far' }, files)).addresses[0]).toMatchObject({
      tls: { folder, verify: true },
    });
  });

  it.each([
    ['tcp://h', { host: 'h', port: 2375 }],
    ['h:80', { host: 'h', port: 80 }],
    ['tcp://[::1]:2375', { host: '[::1]', port: 2375 }],
    ['https://h', { host: 'h', port: 2376 }],
    ['unix://', { kind: 'socket', path: '/var/run/docker.sock' }],
    ['npipe:////./pipe/x', { kind: 'socket', path: '//./pipe/x' }],
  ])('reads %s', (host, expected) => {
    expect(discoverEngine(machine({ DOCKER_HOST: host })).addresses[0]).toMatchObject(expected);
  });

  it.each([
    [{ DOCKER_HOST: 'ssh://me@far' }, /ssh -nNT .* me@far/],
    [{ DOCKER_CONTEXT: 'gone' }, /docker context use/],
    [{ DOCKER_HOST: 'tcp://' }, /unix:\/\//],
  ])('says how to mend %j', (environment, fix) => {
    const discover = () => discoverEngine(machine(environment as Record<string, string>));
    expect(discover).toThrow(UserError);
    expect(discover).toThrow(expect.objectContaining({ fix: expect.stringMatching(fix) }));
  });
});
