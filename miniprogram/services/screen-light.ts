let before: number | undefined;

/** Makes the screen as bright as it gets and keeps it on, for a scanner to read it. */
export async function brighten(): Promise<void> {
  try {
    const { value } = await wx.getScreenBrightness();
    before ??= value;
    await wx.setScreenBrightness({ value: 1 });
    await wx.setKeepScreenOn({ keepScreenOn: true });
  } catch {
    // A phone that keeps its brightness to itself still shows the barcode.
    return;
  }
}

/** Puts the light back as it was. */
export async function dimAgain(): Promise<void> {
  const value = before;
  before = undefined;
  try {
    await wx.setKeepScreenOn({ keepScreenOn: false });
    if (value !== undefined) await wx.setScreenBrightness({ value });
  } catch {
    // As above: WeChat itself restores the light when the mini program is left.
    return;
  }
}
