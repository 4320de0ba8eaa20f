import { call } from '../../../services/api';
import { MAX_PICTURES } from '../../../services/feedback-limits';
import type { DraftPicture } from '../../../services/kept-drafts';
import {
  choosePictures,
  preparePicture,
  uploadPicture,
  type ChosenPicture,
  type PictureType,
} from '../../../services/pictures-to-send';

/** A picture of what is being written. */
export interface PictureTile {
  key: string;
  /** Where it lies on this phone */
  path: string;
  /** Empty until it is uploaded */
  fileId: string;
  percent: number;
  state: 'uploading' | 'done' | 'failed';
  /** It is no longer on this phone, and cannot be shown */
  isGone: boolean;
  uploadedAt: number;
  type: PictureType;
  /** Where it may be put, since when; what failed goes there once more: a reader may hold a few such places only */
  place?: { cloudPath: string; at: number };
}

/** A place is used again for so long, ms: much shorter than the library keeps it free. */
const PLACE_USED_FOR = 3_600_000;

/** Why a picture was not taken; `failed`: the album did not open. */
export type Refusal = 'tooLarge' | 'wrongType' | 'failed';

/** The pictures of one text: chosen, made smaller, uploaded at once, and taken away again. */
export class PictureList {
  private tiles: PictureTile[] = [];
  private made = 0;

  /** @param changed is told after each change */
  constructor(private readonly changed: (tiles: PictureTile[]) => void) {}

  /** Begins with what a draft has. */
  restore(pictures: readonly DraftPicture[]): void {
    this.tiles = pictures.map((picture) => ({
      ...picture,
      key: this.newKey(),
      percent: 100,
      state: 'done',
      isGone: false,
      // it is uploaded already: its type is not asked for again
      type: 'jpg',
    }));
    this.tell();
  }

  /** Those that are uploaded, for the draft and for sending. */
  get uploaded(): DraftPicture[] {
    return this.tiles
      .filter(({ state }) => state === 'done')
      .map(({ fileId, path, uploadedAt }) => ({ fileId, path, uploadedAt }));
  }

  get isUploading(): boolean {
    return this.tiles.some(({ state }) => state === 'uploading');
  }

  get hasFailed(): boolean {
    return this.tiles.some(({ state }) => state === 'failed');
  }

  /** Lets the reader choose more. @returns why one was not taken, if one was not */
  async add(): Promise<Refusal | undefined> {
    const left = MAX_PICTURES - this.tiles.length;
    if (left <= 0) return undefined;
    const choice = await choosePictures(left);
    if (choice.kind !== 'chosen') return choice.kind === 'failed' ? 'failed' : undefined;
    const refusals = await Promise.all(choice.pictures.map((picture) => this.take(picture)));
    return refusals.find((refusal) => refusal !== undefined);
  }

  private async take(picture: ChosenPicture): Promise<Refusal | undefined> {
    const prepared = await preparePicture(picture);
    if (prepared.kind !== 'ready') return prepared.kind;
    if (this.tiles.length >= MAX_PICTURES) return undefined;
    const { path, type } = prepared;
    const tile: PictureTile = {
      key: this.newKey(),
      path,
      fileId: '',
      percent: 0,
      state: 'uploading',
      isGone: false,
      uploadedAt: 0,
      type,
    };
    this.tiles.push(tile);
    this.tell();
    void this.upload(tile.key);
    return undefined;
  }

  /** Tries once more what was not uploaded. */
  retry(key: string): void {
    if (this.find(key)?.state === 'failed') void this.upload(key);
  }

  noteGone(key: string): void {
    this.change(key, { isGone: true });
  }

  remove(key: string): void {
    this.tiles = this.tiles.filter((tile) => tile.key !== key);
    this.tell();
  }

  private async upload(key: string): Promise<void> {
    const tile = this.find(key);
    if (tile === undefined) return;
    this.change(key, { state: 'uploading', percent: 0 });
    try {
      const place = await placeFor(tile);
      this.change(key, { place });
      const { cloudPath, at } = place;
      const fileId = await uploadPicture(cloudPath, tile.path, (percent) => this.change(key, { percent }));
      // the library lets go of it by the age of its place
      this.change(key, { state: 'done', fileId, percent: 100, uploadedAt: at });
    } catch {
      // Whatever it was, a tap on the picture tries again.
      this.change(key, { state: 'failed' });
    }
  }

  private find(key: string): PictureTile | undefined {
    return this.tiles.find((tile) => tile.key === key);
  }

  /** A picture may have been taken away meanwhile. */
  private change(key: string, change: Partial<PictureTile>): void {
    if (this.find(key) === undefined) return;
    this.tiles = this.tiles.map((tile) => (tile.key === key ? { ...tile, ...change } : tile));
    this.tell();
  }

  private newKey(): string {
    this.made += 1;
    return `p${this.made}`;
  }

  private tell(): void {
    this.changed(this.tiles);
  }
}

async function placeFor({ type, place }: PictureTile): Promise<NonNullable<PictureTile['place']>> {
  const at = Date.now();
  if (place !== undefined && at - place.at < PLACE_USED_FOR) return place;
  const { cloudPath } = await call('feedback.upload', { type });
  return { cloudPath, at };
}
