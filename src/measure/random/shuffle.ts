import { elementAt } from '../sample/element-at.ts';
import type { Random } from './random.ts';

/** The items in a random order, each order equally likely (Fisher & Yates 1938, Durstenfeld's form). */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const order = items.map((_, index) => index);
  for (let last = order.length - 1; last > 0; last--) {
    const drawn = random.below(last + 1);
    const kept = elementAt(order, last);
    order[last] = elementAt(order, drawn);
    order[drawn] = kept;
  }
  return order.map((index) => elementAt(items, index));
}
