import type { Texts } from '../zh-CN/index';

export const status: Pick<Texts, 'libraryStatus'> = {
  libraryStatus: {
    down: 'The library’s system is under maintenance or does not answer',
    downHint: 'What is on your phone can still be read. Try again in a while.',
    since: 'Since {time}',
    retryAt: 'try again after {time}',
    between: ' · ',
    recovering: 'The library’s system is coming back',
    recoveringHint: 'It may still be slow. Try again in a while.',
  },
};
