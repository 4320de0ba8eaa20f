/** A line that goes away by itself. */
export function toast(title: string): void {
  void wx.showToast({ title, icon: 'none' });
}

/** Asks before something that cannot be undone. */
export async function confirm(question: { text: string; yes: string; no: string }): Promise<boolean> {
  const { confirm: agreed } = await wx.showModal({
    title: '',
    content: question.text,
    confirmText: question.yes,
    cancelText: question.no,
  });
  return agreed;
}

/** WeChat itself says that it was copied. */
export async function copy(text: string): Promise<void> {
  try {
    await wx.setClipboardData({ data: text });
  } catch {
    // Refused: the reader has just said so to WeChat's own question.
    return;
  }
}

/** Shows the page from its beginning. */
export function scrollToTop(): void {
  void wx.pageScrollTo({ scrollTop: 0, duration: 0 });
}

/** Puts the page back in place after a pull to refresh. */
export function endPullDown(): void {
  void wx.stopPullDownRefresh();
}

export function openPrivacyGuidelines(): void {
  wx.openPrivacyContract({});
}

/** Says something that the reader must have seen. */
export async function tell(text: string, ok: string, title = ''): Promise<void> {
  await wx.showModal({ title, content: text, confirmText: ok, showCancel: false });
}

/** Width and height of the page in pixels, and how many dots a pixel has. */
export function screenSize(): { windowWidth: number; windowHeight: number; pixelRatio: number } {
  const { windowWidth, windowHeight, pixelRatio } = wx.getWindowInfo();
  return { windowWidth, windowHeight, pixelRatio };
}

/**
 * Listens for keys, which WeChat on a computer has (base library 3.6.0).
 * @param run is told the name of the key, e.g. "ArrowRight"
 * @returns how to stop
 */
export function onKey(run: (key: string) => void): () => void {
  if (!('onKeyDown' in wx)) return () => undefined;
  const listener = ({ key }: { key: string }): void => run(key);
  wx.onKeyDown(listener);
  return () => wx.offKeyDown(listener);
}

/** As `onKey`, for the key that closes what is open. */
export function onEscape(run: () => void): () => void {
  return onKey((key) => {
    if (key === 'Escape') run();
  });
}

/** Tells when the phone is connected again. @returns how to stop */
export function onBackOnline(run: () => void): () => void {
  const listener = ({ isConnected }: { isConnected: boolean }): void => {
    if (isConnected) run();
  };
  wx.onNetworkStatusChange(listener);
  // the declarations forget what a listener is told
  return () => wx.offNetworkStatusChange(listener as () => void);
}

/** How WeChat shows the app now. */
export function currentTheme(): 'light' | 'dark' {
  // the declarations forget that it is absent where the app has no dark mode, or WeChat is old
  return (wx.getAppBaseInfo() as { theme?: string }).theme === 'dark' ? 'dark' : 'light';
}

/** Tells when light becomes dark or the other way round. @returns how to stop */
export function onTheme(run: () => void): () => void {
  wx.onThemeChange(run);
  return () => wx.offThemeChange(run);
}

/** Colours the bar above the page; its text can be black or white only. */
export function colourBar(background: string, whiteText: boolean): void {
  wx.setNavigationBarColor({
    frontColor: whiteText ? '#ffffff' : '#000000',
    backgroundColor: background,
    // WeChat's page for the timeline has a bar of its own
    fail: () => undefined,
  });
}

/** Which version of the mini program this is: what the public has, or one that is being tried. */
export function appVersion(): 'release' | 'trial' | 'develop' {
  return wx.getAccountInfoSync().miniProgram.envVersion;
}

const SINGLE_PAGE = 1154;

/** Whether this is the timeline's view of one page, from which no other page can be opened. */
export function isSinglePage(): boolean {
  return wx.getEnterOptionsSync().scene === SINGLE_PAGE;
}

export function setTitle(title: string): void {
  void wx.setNavigationBarTitle({ title });
}

/** A number on a tab; none without words. */
export function setTabBadge(index: number, text: string): void {
  // the page with tabs may be left meanwhile: the next one that is shown sets it anew
  const fail = (): void => undefined;
  if (text === '') wx.removeTabBarBadge({ index, fail });
  else wx.setTabBarBadge({ index, text, fail });
}
