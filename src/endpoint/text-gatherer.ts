/** Long enough that joining is rare, short enough that few small strings are alive at once. */
const looseParts = 256;

/** A text that comes in many small parts. Joined now and then: a string grown by `+=` keeps every part alive until it is read. */
export class TextGatherer {
  #text = '';
  #parts: string[] = [];

  add(part: string): void {
    if (this.#parts.push(part) === looseParts) this.#join();
  }

  toString(): string {
    this.#join();
    return this.#text;
  }

  #join(): void {
    this.#text += this.#parts.join('');
    this.#parts = [];
  }
}
