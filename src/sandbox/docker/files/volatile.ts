/**
 * Folders that the engine mounts when the container runs. Its archive calls look at the file system from outside, where these are not
 * to be seen: an upload there succeeds and is lost. What happens here goes through a `tar` in the container instead.
 */
export const isVolatile = (path: string): boolean => /^\/(dev|proc|sys)(\/|$)/.test(path);
