const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** JSON text of an `obfuscation` field of changing length to append to an object, or nothing when switched off. */
export const obfuscation = (isOn: boolean): (() => string) => {
  if (!isOn) return () => '';
  let turn = 0;
  return () => {
    turn = (turn * 31 + 17) % 61;
    return `,"obfuscation":"${alphabet.slice(0, 1 + (turn % 16))}"`;
  };
};
