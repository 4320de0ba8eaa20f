import { app } from './app';
import { card } from './card';
import { catalog } from './catalog';
import { loans } from './loans';
import { messages } from './messages';
import { onboarding } from './onboarding';
import { report } from './report';
import { status } from './status';

/** The texts of the app. `{name}` stands for a value. This dictionary sets the keys; en must have them all. */
export const zhCN = {
  ...app,
  ...catalog,
  ...loans,
  ...card,
  ...messages,
  ...onboarding,
  ...report,
  ...status,
};

type Widened<T> = { [K in keyof T]: T[K] extends string ? string : Widened<T[K]> };
/** What every dictionary must have. */
export type Texts = Widened<typeof zhCN>;
