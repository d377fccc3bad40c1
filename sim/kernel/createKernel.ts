import type { Kernel, KernelOptions } from "./kernel.ts"
import { VirtualKernel } from "./virtualKernel.ts"

/** A kernel at virtual time zero with no agents. */
export const createKernel = (options: KernelOptions): Kernel => new VirtualKernel(options)
