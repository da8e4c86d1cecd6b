import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rewriteDockerfile } from '../../../../../src/sandbox/docker/dockerfile/rewrite.ts';

const mirrors = { 'ubuntu:24.04': 'tacho/base:trixie', 'docker.io/library/': 'mirror.example/library/' };
const rewrite = (text: string) => rewriteDockerfile(text, { mirrors });

describe('rewriteDockerfile', () => {
  it('replaces the image of a FROM and keeps its flags and name', () => {
    const { text, references } = rewrite('FROM --platform=linux/amd64 ubuntu:24.04 AS base\nRUN true\n');
    expect(text).toBe('FROM --platform=linux/amd64 tacho/base:trixie AS base\nRUN true\n');
    expect(references).toEqual(['tacho/base:trixie']);
  });

  it('leaves stages and scratch alone, whatever their case', () => {
    const { text, references } = rewrite(
      'from golang:1 as Build\nFROM build AS again\nFROM scratch\nCOPY --from=Build /a /a\nCOPY --from=0 /a /b',
    );
    expect(text).toBe(
      'FROM mirror.example/library/golang:1 AS Build\nFROM build AS again\nFROM scratch\nCOPY --from=Build /a /a\nCOPY --from=0 /a /b',
    );
    expect(references).toEqual(['mirror.example/library/golang:1']);
  });

  it('replaces images that are copied from and mounted', () => {
    const { text } = rewrite(
      'FROM ubuntu:24.04\nCOPY --chown=1 \\\n  --from=busybox:1 /a /a\nRUN --mount=type=bind,from=alpine,target=/x ls',
    );
    expect(text).toBe(
      'FROM tacho/base:trixie\nCOPY --chown=1 \\\n  --from=mirror.example/library/busybox:1 /a /a\nRUN --mount=type=bind,from=mirror.example/library/alpine:latest,target=/x ls',
    );
  });

  it.each([
    ['ARG BASE=ubuntu:24.04\nFROM $BASE', 'ARG BASE=ubuntu:24.04\nFROM tacho/base:trixie'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
    ['ARG V="24.04"\nFROM ubuntu:${V} AS a', 'ARG V="24.04"\nFROM tacho/base:trixie AS a'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the Dockerfile
    ['ARG V\nFROM ubuntu:${V:-24.04}', 'ARG V\nFROM tacho/base:trixie'],
    ['ARG A=24 B=04\nARG V=$A.$B\nFROM ubuntu:$V', 'ARG A=24 B=04\nARG V=$A.$B\nFROM tacho/base:trixie'],
    ['FROM $UNKNOWN', 'FROM $UNKNOWN'],
    ['FROM --platform=$BUILDPLATFORM ubuntu:24.04', 'FROM --platform=$BUILDPLATFORM tacho/base:trixie'],
    ['FROM node:1\nARG V=24.04\nFROM ubuntu:$V', 'FROM mirror.example/library/node:1\nARG V=24.04\nFROM ubuntu:$V'],
  ])('knows the variables of a FROM: %j', (text, expected) => {
    expect(rewrite(text).text).toBe(expected);
  });

  it('joins a FROM over several lines, past comments, by the escape character of the file', () => {
    expect(rewrite('FROM \\\n# why\n  ubuntu:24.04 \\\n\n AS a\nRUN x').text).toBe(
      'FROM tacho/base:trixie AS a\nRUN x',
    );
    expect(rewrite('# escape=`\nFROM `\n ubuntu:24.04\nRUN dir C:\\\nFROM ubuntu:24.04').text).toBe(
      '# escape=`\nFROM tacho/base:trixie\nRUN dir C:\\\nFROM tacho/base:trixie',
    );
  });

  it('reads no instruction out of a here-document, and no here-document out of a shift', () => {
    const heredoc = 'FROM ubuntu:24.04\nRUN <<EOF\nFROM ubuntu:24.04\nEOF\nCOPY <<-"A" /b\n\tFROM ubuntu:24.04\n\tA\n';
    expect(rewrite(heredoc).text).toBe(heredoc.replace('ubuntu:24.04', 'tacho/base:trixie'));
    expect(rewrite('FROM a\nRUN echo $((1<<N))\nFROM ubuntu:24.04').text).toContain('FROM tacho/base:trixie');
    expect(rewrite('FROM a\nRUN echo <<END of text\nFROM ubuntu:24.04').text).toContain('FROM tacho/base:trixie');
  });

  it('replaces the frontend that a syntax directive names', () => {
    const { text } = rewriteDockerfile('# syntax=docker/dockerfile:1\nFROM a', {
      mirrors: { docker: 'mirror.example/docker' },
    });
    expect(text).toBe('# syntax=mirror.example/docker/dockerfile:1\nFROM a');
  });

  it('puts instructions behind each FROM of an image, and only there', () => {
    const { text } = rewriteDockerfile('FROM a:1 AS x\nRUN 1\nFROM x\nRUN 2\nFROM scratch\nFROM b', {
      mirrors: {},
      afterExternalFrom: ['COPY t', 'ENV e=1'],
    });
    expect(text).toBe('FROM a:1 AS x\nCOPY t\nENV e=1\nRUN 1\nFROM x\nRUN 2\nFROM scratch\nFROM b\nCOPY t\nENV e=1');
  });

  it('pins references after mirroring', () => {
    const pin = (reference: string) => `${reference}@sha256:1`;
    const { text, references } = rewriteDockerfile('FROM ubuntu:24.04', { mirrors, pin });
    expect([text, references]).toEqual(['FROM tacho/base:trixie@sha256:1', ['tacho/base:trixie']]);
  });

  const name = fc.stringMatching(/^[a-z]{1,6}$/);
  const words = fc.constantFrom(
    'RUN',
    'from',
    'FROM',
    'COPY',
    '--from=x',
    'ARG',
    'a=b',
    '$a',
    '\\',
    '<<EOF',
    'EOF',
    '#',
    'as',
    'AS',
    '',
    '`',
    'ubuntu',
  );
  const anyLines = fc.array(
    fc.array(words, { maxLength: 5 }).map((parts) => parts.join(' ')),
    { maxLength: 12 },
  );

  it('changes nothing of any text when there is nothing to replace', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyLines.map((lines) => lines.join('\n')),
          fc.string(),
        ),
        (text) => {
          expect(rewriteDockerfile(text, { mirrors: {} }).text).toBe(text);
        },
      ),
    );
  });

  it('replaces every image, no stage, and keeps all other lines in order', () => {
    const stage = fc.record({
      alias: name,
      base: fc.nat(),
      image: name,
      commands: fc.array(fc.stringMatching(/^RUN [a-z]{1,8}$/)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(stage, { selector: ({ alias }) => alias, minLength: 1, maxLength: 6 }), (stages) => {
        const write = (mirror: string): string =>
          stages
            .flatMap(({ alias, base, image, commands }, index) => {
              const earlier = stages[base % (index + 1)];
              const from =
                index > base % (index + 1) && earlier !== undefined ? `s-${earlier.alias}` : `${mirror}${image}:1`;
              return [`FROM ${from} AS s-${alias}`, ...commands];
            })
            .join('\n');
        expect(rewriteDockerfile(write(''), { mirrors: { 'docker.io/library/': 'm.example/' } }).text).toBe(
          write('m.example/'),
        );
      }),
    );
  });
});
