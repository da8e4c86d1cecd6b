import { describe, expect, it } from 'vitest';
import { mirrorReference } from '../../../../../src/sandbox/docker/dockerfile/mirrors.ts';

describe('mirrorReference', () => {
  it.each([
    ['ubuntu:24.04', { 'ubuntu:24.04': 'tacho/base:trixie' }, 'tacho/base:trixie'],
    ['docker.io/library/ubuntu:24.04', { 'ubuntu:24.04': 'tacho/base:trixie' }, 'tacho/base:trixie'],
    ['ubuntu:24.04', { 'docker.io/library/ubuntu:24.04': 'here:1' }, 'here:1'],
    ['ubuntu', { 'ubuntu:latest': 'here:1' }, 'here:1'],
    ['ubuntu:22.04', { 'ubuntu:24.04': 'here:1' }, 'ubuntu:22.04'],
    ['python:3.13-slim', { python: 'mirror.example/python' }, 'mirror.example/python:3.13-slim'],
    ['python:3.13-slim', { python: 'here:1' }, 'here:1'],
    ['python-slim:1', { python: 'here:1' }, 'python-slim:1'],
    ['ubuntu:24.04', { 'docker.io/': 'mirror.example/hub/' }, 'mirror.example/hub/library/ubuntu:24.04'],
    ['ubuntu:24.04', { 'docker.io': 'mirror.example/hub' }, 'mirror.example/hub/library/ubuntu:24.04'],
    [
      'ghcr.io/a/b:1',
      { 'ghcr.io/': 'mirror.example/ghcr/', 'docker.io/': 'mirror.example/hub/' },
      'mirror.example/ghcr/a/b:1',
    ],
    ['ghcr.io/a/b:1', { 'ghcr.io/': 'x/', 'ghcr.io/a/': 'y/' }, 'y/b:1'],
    ['ghcr.io/a/b:1', { 'ghcr.io/a/': 'y/', 'ghcr.io/a/b:1': 'z:2' }, 'z:2'],
    ['localhost:5000/a:1', { a: 'x' }, 'localhost:5000/a:1'],
    ['localhost:5000/a:1', { 'localhost:5000/': 'x/' }, 'x/a:1'],
    ['ubuntu@sha256:abc', { ubuntu: 'mirror.example/ubuntu' }, 'mirror.example/ubuntu@sha256:abc'],
    ['ubuntu:24.04@sha256:abc', { 'ubuntu:24.04': 'tacho/base:trixie' }, 'tacho/base:trixie'],
    ['me/images:tag-1', { 'me/images:': 'other/images:' }, 'other/images:tag-1'],
  ])('%s with %j is %s', (reference, mirrors, expected) => {
    expect(mirrorReference(reference, mirrors as Record<string, string>)).toBe(expected);
  });
});
