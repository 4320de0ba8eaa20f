/** Opens the page of a title; `barcode` marks the copy that was scanned. */
export function openBook(bibId: string, barcode = ''): void {
  void wx.navigateTo({ url: bookUrl(bibId, barcode) });
}

export function bookUrl(bibId: string, barcode = ''): string {
  const copy = barcode === '' ? '' : `&barcode=${encodeURIComponent(barcode)}`;
  return `/pages/book/book?bibId=${encodeURIComponent(bibId)}${copy}`;
}

/** A value of a page's address as it was before encoding: WeChat passes it on encoded. */
export function queryText(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '');
  } catch {
    return value ?? '';
  }
}
