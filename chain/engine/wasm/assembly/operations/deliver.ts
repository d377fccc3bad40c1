import { MEMORY } from "../machine/frame"
import { output, outputSize } from "../machine/output"

/** Copies the output of a call into its caller's memory, as much of it as was asked for. */
export function deliver(frame: usize, offset: u32, size: u32): void {
  const bytes = min<u32>(size, outputSize)
  if (bytes != 0) memory.copy(load<usize>(frame, MEMORY) + offset, output, bytes)
}
