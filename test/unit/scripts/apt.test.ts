import { expect, it } from 'vitest';
import { isDebianLike } from '../../../scripts/set-up/apt.js';

it.each([
  ['Debian', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', true],
  ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', true],
  ['Linux Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
  ['Fedora', 'NAME="Fedora Linux"\nID=fedora\n', false],
  ['a system that only mentions Debian', 'ID=alpine\nHOME_URL="https://debian.org"\n', false],
])('isDebianLike: %s', (_name, osRelease, expected) => {
  expect(isDebianLike(osRelease)).toBe(expected);
});
