import type { AppConfig, Program } from './program';
import type { Router } from './router';
import type { Theme } from './theme';

/** What all parts of the preview share; there is one phone in a document. */
export interface Phone {
  program: Program;
  app: AppConfig;
  router: Router;
  theme: Theme;
  /** The size of the screen in CSS pixels. */
  screen(): { width: number; height: number };
  /** Opens the stand-in of the share card. */
  share(from: 'button' | 'menu', target?: { id: string; dataset: unknown }): void;
  /** A button with open-type agreePrivacyAuthorization was tapped. */
  agreeToPrivacy(buttonId: string): void;
}

let current: Phone | undefined;

export function setPhone(phone: Phone): void {
  current = phone;
}

export function phone(): Phone {
  if (!current) throw new Error('the preview has not started yet');
  return current;
}
