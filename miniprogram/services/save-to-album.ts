import { confirm, toast } from './phone';
import { allowSaving, savePicture } from './picture';
import { texts } from './ui';

/**
 * Puts a picture into the phone's album and says how that ended. Where it was forbidden before, asks whether
 * to allow it, once. Who has just said no is told nothing.
 */
export async function saveToAlbum(path: string): Promise<void> {
  const { album: t, common } = texts();
  let saved = await savePicture(path);
  if (saved === 'denied') {
    if (!(await confirm({ text: t.deniedAsk, yes: t.toSettings, no: common.cancel }))) return;
    if (!(await allowSaving())) return;
    saved = await savePicture(path);
  }
  if (saved === 'saved') toast(t.saved);
  else if (saved !== 'cancelled') toast(t.failed);
}
