/** How the library's system is doing, as every page says it. */
export const status = {
  libraryStatus: {
    down: '图书馆系统正在维护，或没有回应',
    downHint: '手机里已有的仍然能看。过一会儿再试。',
    since: '{time} 起',
    retryAt: '{time} 后再试',
    between: ' · ',
    recovering: '图书馆系统正在恢复',
    recoveringHint: '可能还有些慢，过一会儿再试。',
  },
};
