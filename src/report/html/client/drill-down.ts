import { inflate } from '../../detail/compress.ts';
import type { TrialDetail } from '../../detail/trial-detail.ts';
import type { ReportModel } from '../../model.ts';
import { trialView } from '../view/trial-view.ts';
import { byId, toDom } from './dom.ts';

const dialog = (): HTMLDialogElement => {
  const element = byId('trial');
  if (!(element instanceof HTMLDialogElement)) throw new TypeError('"trial" is no dialog');
  return element;
};

const readDetail = async (trialId: string): Promise<TrialDetail | undefined> => {
  const holder = [...document.querySelectorAll<HTMLElement>('script[data-detail]')].find(
    ({ dataset }) => dataset.detail === trialId,
  );
  return holder?.textContent ? (JSON.parse(await inflate(holder.textContent)) as TrialDetail) : undefined;
};

/** Opens one trial: inflates what the page holds of it and shows it as text. */
export const openTrial = async (model: ReportModel, trialId: string): Promise<void> => {
  const trial = model.selection.trials.find((candidate) => candidate.trialId === trialId);
  if (trial === undefined) return;
  const box = dialog();
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'close';
  close.textContent = 'Close';
  close.addEventListener('click', () => box.close());
  box.replaceChildren(close, ...trialView(model, { trial, detail: await readDetail(trialId) }).map(toDom));
  box.showModal();
  box.scrollTop = 0;
};
