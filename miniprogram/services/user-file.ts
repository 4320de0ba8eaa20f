import { copy, toast } from './phone';
import { texts } from './ui';

/** A file that is ready to be handed over. */
export interface UserFile {
  name: string;
  path: string;
  text: string;
}

/** Writes a text into the app's own folder on the phone, from where WeChat can share it. */
export function writeUserFile(name: string, text: string): UserFile {
  const safeName = name.replace(/[^\p{L}\p{N}._-]/gu, '_');
  const path = `${wx.env.USER_DATA_PATH}/${safeName}`;
  wx.getFileSystemManager().writeFileSync(path, text, 'utf8');
  return { name: safeName, path, text };
}

/** Removes it again: what it says is personal. */
export function removeUserFile(file: UserFile): void {
  try {
    wx.getFileSystemManager().unlinkSync(file.path);
  } catch {
    // Gone already.
    return;
  }
}

/** Only within a tap: WeChat refuses to share otherwise. */
export async function shareUserFile(file: UserFile): Promise<void> {
  try {
    await wx.shareFileMessage({ filePath: file.path, fileName: file.name });
  } catch (error) {
    if (/cancel/i.test((error as { errMsg?: string }).errMsg ?? '')) return;
    await copy(file.text);
    toast(texts().file.failed);
  }
}
