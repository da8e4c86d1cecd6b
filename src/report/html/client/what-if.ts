import { number } from '../../format.ts';
import type { ReportModel } from '../../model.ts';
import { sliderSpeeds, whatIfTable } from '../view/numbers/speed-views.ts';
import { byId, fill } from './dom.ts';

/** Makes the what-if slider work: the modelled times follow it. Called again whenever its part of the page is made again. */
export const startSlider = (model: () => ReportModel): void => {
  const slider = byId('slider');
  if (!(slider instanceof HTMLInputElement)) throw new TypeError('"slider" is no input');
  slider.hidden = false;
  slider.addEventListener('input', () => {
    const speed = sliderSpeeds[slider.valueAsNumber] ?? 1000;
    byId('slider-value').textContent = number(speed);
    slider.setAttribute('aria-valuetext', `${number(speed)} tokens per second`);
    fill('slider-table', whatIfTable(model(), speed));
  });
};
