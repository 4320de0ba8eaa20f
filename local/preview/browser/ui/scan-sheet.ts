import { el } from '../dom';
import { text } from '../settings';
import { button, openDialog } from './dialog';
import type * as Decoder from '../barcode-decoder';
import type { Barcode } from '../barcode-decoder';

export interface ScanQuestion {
  onlyFromCamera: boolean;
  scanType: string[];
}

/** Where the decoder lies; it is loaded when the first picture comes. */
const DECODER = '/preview/static/barcode-decoder.js';

async function decode(picture: Blob | ImageData, scanType: string[]): Promise<Barcode | undefined> {
  const decoder = (await import(DECODER)) as typeof Decoder;
  return decoder.decodeBarcode(picture, scanType);
}

/** Scans with the camera, from a photo, or takes digits; undefined when cancelled. */
export function askBarcode(question: ScanQuestion): Promise<Barcode | undefined> {
  const title = text('扫一扫', 'Scan');
  let stopCamera = (): void => {};
  return openDialog<Barcode | undefined>({
    label: title,
    kind: 'full',
    dismissed: { value: undefined },
    content: (close) => {
      const status = el('p', { class: 'pv-scan-status', role: 'status' });
      const video = el('video', {
        playsinline: true,
        muted: true,
        'aria-label': text('相机画面', 'Camera picture'),
        hidden: true,
      });
      const photo = el('input', {
        type: 'file',
        accept: 'image/*',
        class: 'pv-file',
        'aria-label': text('选一张条码照片', 'Choose a photo of a barcode'),
      });
      photo.addEventListener('change', () => {
        const file = photo.files?.[0];
        if (!file) return;
        status.textContent = text('正在识别…', 'Reading…');
        decode(file, question.scanType).then(
          (found) => {
            if (found) close(found);
            else
              status.textContent = text(
                '照片里没有找到条码，换一张试试',
                'No barcode in this photo, try another',
              );
          },
          () => {
            status.textContent = text('这个文件不是图片', 'This file is not a picture');
          },
        );
        photo.value = '';
      });
      const digits = el('input', {
        class: 'pv-field',
        name: 'digits',
        autocomplete: 'off',
        'aria-label': text('条码下面的数字', 'The digits under the barcode'),
        placeholder: text('或输入条码下面的数字', 'Or type the digits under the barcode'),
      });
      const typed = el(
        'form',
        { class: 'pv-typed' },
        digits,
        el('button', { class: 'pv-button pv-main' }, text('确定', 'OK')),
      );
      typed.addEventListener('submit', (event) => {
        event.preventDefault();
        if (digits.value !== '') close(typedBarcode(digits.value));
      });
      startCamera(video, question.scanType, close).then(
        (stop) => {
          stopCamera = stop;
          video.hidden = false;
        },
        () => {
          status.textContent = text(
            '没有相机，请用照片或输入数字',
            'No camera here: use a photo or type the digits',
          );
        },
      );
      const hint = question.onlyFromCamera
        ? [
            el(
              'p',
              { class: 'pv-hint' },
              text(
                '手机上只能用相机；这里的照片代替相机',
                'On the phone only the camera; here a photo stands for it',
              ),
            ),
          ]
        : [];
      return [
        el('h2', {}, title),
        el('div', { class: 'pv-finder' }, video, el('i')),
        status,
        el(
          'label',
          { class: 'pv-button pv-photo' },
          text('选一张条码照片', 'Choose a photo of a barcode'),
          photo,
        ),
        ...hint,
        typed,
        button(text('取消', 'Cancel'), 'plain', () => {
          close(undefined);
        }),
      ];
    },
  }).finally(() => {
    stopCamera();
  });
}

const typedBarcode = (digits: string): Barcode => {
  const scanType = /^\d{13}$/.test(digits) ? 'EAN_13' : 'CODE_128';
  return {
    result: digits,
    scanType,
    charSet: 'utf-8',
    rawData: btoa(String.fromCharCode(...new TextEncoder().encode(digits))),
  };
};

/** Looks at the camera's picture a few times a second. Resolves with a function that stops it. */
async function startCamera(
  video: HTMLVideoElement,
  scanType: string[],
  found: (barcode: Barcode) => void,
): Promise<() => void> {
  if (!('mediaDevices' in navigator)) throw new Error('no camera');
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement('canvas');
  let stopped = false;
  const look = async (): Promise<void> => {
    if (stopped || !video.isConnected) return stop();
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context && canvas.width > 0) {
      context.drawImage(video, 0, 0);
      const barcode = await decode(context.getImageData(0, 0, canvas.width, canvas.height), scanType);
      if (barcode) return found(barcode);
    }
    setTimeout(() => void look(), 250);
  };
  const stop = (): void => {
    stopped = true;
    for (const track of stream.getTracks()) track.stop();
  };
  void look();
  return stop;
}
