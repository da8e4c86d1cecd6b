// Prints the invoice of an order: node invoice.js order.json
const { readFileSync } = require('node:fs');

const VAT_PERCENT = 21;

function euros(cents) {
  return `${(cents / 100).toFixed(2)} EUR`;
}

function lineCents(line) {
  if (line.quantity < 0) {
    throw new RangeError(`negative quantity: ${line.name}`);

  return line.quantity * line.cents;
}

function totals(order) {
  const net = order.lines.reduce((sum, line) => sum + lineCents(line), 0);
  const discount = Math.round((net * (order.discountPercent ?? 0)) / 100);
  const vat = Math.round(((net - discount) * VAT_PERCENT) / 100);
  return { net, discount, vat, due: net - discount + vat };
}

function render(order) {
  const { net, discount, vat, due } = totals(order);
  const lines = order.lines
    .filter((line) => line.quantity > 0)
    .map((line) => `${line.quantity} x ${line.name}: ${euros(lineCents(line))}`);
  return [order.customer, ...lines, `net ${euros(net)}`, `discount ${euros(discount)}`, `VAT ${euros(vat)}`, `due ${euros(due)}`];
}

const order = JSON.parse(readFileSync(process.argv[2], 'utf8'));
console.log(render(order).join('\n'));
