import { fill, type Texts } from '../../../i18n/index';
import type { Standing } from '../../../services/onboarding-standing';

/** What the home page says of the onboarding; no title, no block. */
export function onboardingWords(
  { standing, locked, pass, open }: Standing,
  { onboarding: t }: Texts,
): { title: string; text: string } {
  if (pass?.unlock === 'unlocking') return { title: t.name, text: t.blockUnlocking };
  if (pass?.unlock === 'failed') return { title: t.name, text: t.blockFailed };
  if (standing !== 'required') return { title: '', text: '' };
  if (open !== undefined) return { title: t.blockTitle, text: t.blockPaper };
  const services = locked.map((service) => t.services[service]).join(t.and);
  return { title: t.blockTitle, text: services === '' ? '' : fill(t.blockText, { services }) };
}
