import type { StaffOrder } from '../../staff/run-order';
import type { Arguments } from '../arguments';

export type Order = StaffOrder<Arguments>;
