export { randomFrom } from '../../library-systems/demo/random';
export type { Random } from '../../library-systems/demo/random';
