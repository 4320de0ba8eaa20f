import type * as v from 'valibot';
import type { StaffApi } from '../../../../contracts/staff';

export type StaffInput<A extends keyof StaffApi> = v.InferOutput<StaffApi[A]['input']>;
export type StaffOutput<A extends keyof StaffApi> = v.InferOutput<StaffApi[A]['output']>;
