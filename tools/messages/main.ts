import { runMain } from '../staff/run-main';
import { runOrder } from './run-order';

runMain(runOrder);
