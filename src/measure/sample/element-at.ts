/** The element at an index that the caller has already proven to exist; RangeError if that proof was wrong. */
export function elementAt<T>(values: ArrayLike<T>, index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no element at index ${index} of ${values.length}`);
  return value;
}
