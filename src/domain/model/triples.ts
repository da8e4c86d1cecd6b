export type Triple = readonly [number, number, number];

/**
 * A growing list of three numbers each. They lie outside the garbage collector's heap: a stream's many small objects,
 * alive together until it ends, are what makes a collection pause, and a pause is read as the model's.
 */
export class Triples {
  #numbers = new Float64Array(192);
  #used = 0;

  push(first: number, second: number, third: number): void {
    if (this.#used === this.#numbers.length) this.#grow();
    this.#numbers[this.#used] = first;
    this.#numbers[this.#used + 1] = second;
    this.#numbers[this.#used + 2] = third;
    this.#used += 3;
  }

  /** As an array's: counts from the end where it is negative. */
  at(row: number): Triple | undefined {
    const start = row < 0 ? this.#used + 3 * row : 3 * row;
    if (start < 0) return undefined;
    const [first, second, third] = this.#numbers.subarray(start, Math.min(start + 3, this.#used));
    return first === undefined || second === undefined || third === undefined ? undefined : [first, second, third];
  }

  list(): readonly Triple[] {
    const rows: Triple[] = [];
    for (let row = this.at(0); row !== undefined; row = this.at(rows.length)) rows.push(row);
    return rows;
  }

  #grow(): void {
    const larger = new Float64Array(this.#numbers.length * 2);
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
