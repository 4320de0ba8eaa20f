/** Environment of WeChat's cloud to call; without one, WeChat takes the first of the account. See docs/wechat-devtools.md. */
export const cloudEnvironment: string | undefined = undefined;

/** Shown on the page "me"; the version of package.json. */
export const version = '0.1.0';
