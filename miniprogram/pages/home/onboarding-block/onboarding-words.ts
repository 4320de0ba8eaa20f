import { fill, type Texts } from '../../../i18n/index';
import type { Standing } from '../../../services/onboarding-standing';

/** What the home page says of the onboarding; no title, no block. */
export function onboardingWords(
  { standing, locked, pass, waiver, open }: Standing,
  { onboarding: t }: Texts,
): { title: string; text: string } {
  const unlock = pass?.unlock ?? waiver?.unlock;
  const { unlocking, failed } = pass === undefined ? t.blockWaived : t.blockPassed;
  if (unlock === 'unlocking') return { title: t.name, text: unlocking };
  if (unlock === 'failed') return { title: t.name, text: failed };
  if (standing !== 'required') return { title: '', text: '' };
  if (open !== undefined) return { title: t.blockTitle, text: t.blockPaper };
  const services = locked.map((service) => t.services[service]).join(t.and);
  return { title: t.blockTitle, text: services === '' ? '' : fill(t.blockText, { services }) };
}
