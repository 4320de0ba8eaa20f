import { OpenApiError, type Api } from './api';
import type { Parameters } from './codec';
import { drawPlaceholderCode } from './placeholder-code';

const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~%]{1,32}$/;
const PAGE = /^[\w-]+(\/[\w-]+)*$/;
const VERSIONS = ['release', 'trial', 'develop'];

/** wxacode.getUnlimited: a picture in the asked size and colour that shows where the code will stand. */
export const getUnlimitedCode: Api = ({ parameters }) => {
  const { scene, page, width = 430, env_version: version = 'release' } = parameters;
  if (typeof scene !== 'string' || !SCENE.test(scene)) throw new OpenApiError(40129, 'invalid scene');
  if (page !== undefined && (typeof page !== 'string' || !PAGE.test(page))) {
    throw new OpenApiError(41030, 'invalid page: without leading slash and query');
  }
  if (!VERSIONS.some((known) => known === version)) throw new OpenApiError(40097, 'invalid env_version');
  if (typeof width !== 'number' || !Number.isInteger(width) || width < 280 || width > 1280) {
    throw new OpenApiError(40097, 'invalid width: 280 to 1280');
  }
  const picture = drawPlaceholderCode(
    JSON.stringify([scene, page, version]),
    width,
    readColour(parameters['line_color']),
    parameters['is_hyaline'] === true,
  );
  return { picture, contentType: 'image/png' };
};

/** `{"r":0,"g":0,"b":0}`, numbers or their texts; black when absent. */
function readColour(colour: unknown): number {
  if (colour === undefined) return 0;
  const channels = ['r', 'g', 'b'].map((name) => Number((colour as Parameters | null)?.[name]));
  if (!channels.every((channel) => Number.isInteger(channel) && channel >= 0 && channel <= 255)) {
    throw new OpenApiError(40097, 'invalid line_color');
  }
  return channels.reduce((sum, channel) => sum * 256 + channel, 0);
}
