/** The contracts do not compile. `messages` are the compiler's own, with file, line and source excerpt. */
export class CompilationFailed extends Error {
  override readonly name = "CompilationFailed"
  readonly messages: readonly string[]
  constructor(messages: readonly string[]) {
    super(`The contracts do not compile.\n${messages.join("\n")}`)
    this.messages = messages
  }
}
