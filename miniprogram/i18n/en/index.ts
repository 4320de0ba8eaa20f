import type { Texts } from '../zh-CN/index';
import { app } from './app';
import { card } from './card';
import { catalog } from './catalog';
import { loans } from './loans';
import { messages } from './messages';
import { onboarding } from './onboarding';
import { report } from './report';
import { status } from './status';

export const en: Texts = {
  ...app,
  ...catalog,
  ...loans,
  ...card,
  ...messages,
  ...onboarding,
  ...report,
  ...status,
};
