/** What a file prints while it is loaded must not get among what the program says on stdout, which others read. */

/** Gives back what puts it back. */
export function stdoutToStderr(): () => void {
  const { stdout, stderr } = process
  const own = Object.getOwnPropertyDescriptor(stdout, "write")
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write
  return () => {
    if (own === undefined) Reflect.deleteProperty(stdout, "write")
    else Object.defineProperty(stdout, "write", own)
  }
}
