import type { OverviewOutput } from '../../../contracts/onboarding/index';
import { fill, type Language, type Texts } from '../../i18n/index';
import { MODULES } from './content/index';
import type { LearningModule, Words } from './content/module';

/** A text in the language of the page. */
export function inLanguage(words: Words, language: Language): string {
  return language === 'en' ? words.en : words.zh;
}

export function findModule(id: string): LearningModule | undefined {
  return MODULES.find((module) => module.id === id);
}

/** What a chapter is called; its id where this app is older than the server and does not know it. */
export function moduleTitle(id: string, language: Language): string {
  const module = findModule(id);
  return module === undefined ? id : inLanguage(module.title, language);
}

/** "预约和借书": what waits until the onboarding is passed; empty when nothing does. */
export function lockedWords(locked: OverviewOutput['locked'], { onboarding: t }: Texts): string {
  return locked.map((service) => t.services[service]).join(t.and);
}

/** A text with a list in it, or another one where the list is empty. */
export function fillServices(withServices: string, without: string, services: string): string {
  return services === '' ? without : fill(withServices, { services });
}
