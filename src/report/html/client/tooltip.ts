/** Shows a chart's tooltip text beside the pointer; text only, so a hostile name stays a name. */
export const showTooltip = (_handler: unknown, event: MouseEvent, _item: unknown, value: unknown): void => {
  const box = tooltipBox();
  const text = typeof value === 'string' ? value : '';
  box.hidden = text === '';
  if (text === '') return;
  box.textContent = text;
  const right = event.clientX + 14 + box.offsetWidth > window.innerWidth;
  box.style.left = `${Math.max(4, right ? event.clientX - 14 - box.offsetWidth : event.clientX + 14)}px`;
  box.style.top = `${Math.max(4, event.clientY - 14 - box.offsetHeight)}px`;
};

const tooltipBox = (): HTMLElement => {
  const found = document.getElementById('tooltip');
  if (found !== null) return found;
  const box = document.createElement('div');
  box.id = 'tooltip';
  box.setAttribute('role', 'tooltip');
  document.body.append(box);
  return box;
};
