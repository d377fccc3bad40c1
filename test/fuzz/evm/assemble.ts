/** From what a program means to do to its bytes. Keeps track of the height of the stack on the way. */
import { op, opcodeAt } from "./opcodes.ts"
import type { Ending, Intent, Operand, Program } from "./program.ts"

const stackLimit = 1024
const wordBytes = 32
/** So many items of the stack are written to memory when a program returns them. */
const shownItems = 12
const [push0, push1, push2] = [op("PUSH0"), op("PUSH1"), op("PUSH2")] as const
const [pop, jumpDestination, jump, jumpIf] = [op("POP"), op("JUMPDEST"), op("JUMP"), op("JUMPI")] as const

interface Reference {
  /** Where the two bytes of the PUSH2 stand. */
  readonly at: number
  readonly data: Uint8Array
}

class Assembler {
  readonly #bytes: number[] = []
  readonly #references: Reference[] = []
  #height = 0
  /** Items below this belong to the loops around, and are not taken. */
  #floor = 0

  intents(intents: readonly Intent[]): void {
    for (const intent of intents) this.#intent(intent)
  }

  #intent(intent: Intent): void {
    switch (intent.kind) {
      case "instruction":
        return this.#instruction(intent.opcode, intent.operands)
      case "loop":
        return this.#loop(intent.times, intent.body)
      case "branch":
        return this.#branch(intent.condition, intent.body)
      case "jump":
        return this.#jump(intent)
      case "fill":
        while (this.#height < intent.height) this.#push(0n)
        return
      case "data":
        return this.#data(intent.at, intent.bytes)
      case "bytes":
        this.#bytes.push(...intent.bytes)
        return
      case "create":
        return this.#create(intent)
    }
  }

  #emit(opcode: number): void {
    const { takes, leaves } = opcodeAt(opcode) ?? { takes: 0, leaves: 0 }
    this.#bytes.push(opcode)
    this.#height = Math.max(0, this.#height + leaves - takes)
  }

  #push(word: bigint): void {
    this.#height++
    if (word === 0n) {
      this.#bytes.push(push0)
      return
    }
    const digits = word.toString(16)
    const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex")
    this.#bytes.push(push0 + bytes.length, ...bytes)
  }

  #instruction(opcode: number, operands: readonly Operand[]): void {
    const { takes } = opcodeAt(opcode) ?? { takes: 0 }
    this.#makeRoom(operands.length + 2)
    const base = this.#height
    // What is not given lies on the stack already, deepest; the given ones are pushed over it, the top last.
    for (let missing = takes - operands.length - (base - this.#floor); missing > 0; missing--) this.#push(0n)
    for (let index = operands.length - 1; index >= 0; index--) this.#operand(operands[index] as Operand, base)
    this.#emit(opcode)
  }

  #operand(operand: Operand, base: number): void {
    if (typeof operand === "bigint") return this.#push(operand)
    if ("run" in operand) return this.#emit(operand.run)
    if ("slot" in operand) {
      this.#push(operand.slot)
      return this.#emit(op("SLOAD"))
    }
    // The item that was so deep when the instruction began.
    const depth = this.#height - base + (base === 0 ? 0 : operand.copy % base)
    if (this.#height === 0 || depth > 15) return this.#push(1n)
    this.#height++
    this.#bytes.push(op("DUP1") + Math.min(depth, this.#height - 2))
  }

  #makeRoom(items: number): void {
    while (this.#height + items > stackLimit && this.#height > this.#floor) this.#emit(pop)
  }

  /** A PUSH2 of a place in the code that is filled in by the function returned. */
  #pushLabel(): (target: number) => void {
    this.#bytes.push(push2, 0, 0)
    this.#height++
    const at = this.#bytes.length - 2
    return (target) => {
      this.#bytes[at] = target >> 8
      this.#bytes[at + 1] = target & 0xff
    }
  }

  #level(height: number): void {
    while (this.#height > height) this.#emit(pop)
    while (this.#height < height) this.#push(0n)
  }

  #loop(times: number, body: readonly Intent[]): void {
    this.#makeRoom(8)
    if (times > 0) this.#push(BigInt(times))
    const top = this.#bytes.length
    this.#emit(jumpDestination)
    this.#inside(body)
    if (times > 0) {
      // The counter less one, and a copy of it for the jump.
      this.#bytes.push(push1, 1, op("SWAP1"), op("SUB"), op("DUP1"), push2, top >> 8, top & 0xff, jumpIf)
      this.#emit(pop)
    } else this.#bytes.push(push2, top >> 8, top & 0xff, jump)
  }

  #branch(condition: Operand, body: readonly Intent[]): void {
    this.#makeRoom(8)
    this.#operand(condition, this.#height)
    const toEnd = this.#pushLabel()
    this.#emit(jumpIf)
    this.#inside(body)
    toEnd(this.#bytes.length)
    this.#emit(jumpDestination)
  }

  /** The body leaves the stack as high as it was, whichever way is taken. */
  #inside(body: readonly Intent[]): void {
    const floor = this.#floor
    const height = this.#height
    this.#floor = height
    this.intents(body)
    this.#level(height)
    this.#floor = floor
  }

  #jump({ how, over }: Extract<Intent, { kind: "jump" }>): void {
    this.#makeRoom(4)
    if (how === "to a word") return this.#instruction(jump, [])
    const target = this.#pushLabel()
    this.#emit(jump)
    const start = this.#bytes.length
    if (how === "nowhere") {
      this.#bytes.push(...over, op("PC"))
      this.#height++
      target(this.#bytes.length - 1)
    } else if (how === "into data") {
      this.#bytes.push(push2, jumpDestination, jumpDestination)
      this.#height++
      target(start + 1)
    } else {
      this.#bytes.push(...over)
      if (how === "swallowed") this.#bytes.push(push1)
      // Enough bytes that no PUSH among the bytes jumped over reaches the destination.
      else for (let byte = 0; byte < wordBytes; byte++) this.#bytes.push(0)
      target(this.#bytes.length)
      this.#emit(jumpDestination)
    }
  }

  #data(at: bigint, bytes: Uint8Array): void {
    this.#makeRoom(4)
    this.#push(BigInt(bytes.length))
    this.#bytes.push(push2, 0, 0)
    this.#height++
    this.#references.push({ at: this.#bytes.length - 2, data: bytes })
    this.#push(at)
    this.#emit(op("CODECOPY"))
  }

  #create({ opcode, value, salt, at, initCode, sizeError }: Extract<Intent, { kind: "create" }>): void {
    this.#data(at, initCode)
    const size = BigInt(Math.max(0, initCode.length + sizeError))
    this.#instruction(opcode, [value, at, size, ...(opcode === op("CREATE2") ? [salt] : [])])
  }

  ending(ending: Ending): void {
    switch (ending.kind) {
      case "return":
      case "revert": {
        this.#makeRoom(2)
        this.#instruction(op("KECCAK256"), [0n, { run: op("MSIZE") }])
        const size = BigInt(wordBytes * this.#showStack())
        this.#instruction(op(ending.kind === "return" ? "RETURN" : "REVERT"), [0n, size])
        return
      }
      case "store":
        for (let slot = 0n; slot < 2n && this.#height > 0; slot++) this.#instruction(op("SSTORE"), [slot])
        return this.#emit(op("STOP"))
      case "stop":
        return this.#emit(op("STOP"))
      case "invalid":
        this.#bytes.push(0xfe)
        return
      case "again":
        this.#level(0)
        this.#push(0n)
        return this.#emit(jump)
      case "destroy":
        return this.#instruction(op("SELFDESTRUCT"), [ending.beneficiary])
      case "truncated":
        // Data behind it would be its data.
        this.#bytes.push(...(this.#references.length === 0 ? ending.bytes : [op("STOP")]))
        return
      case "deploy":
        if (ending.size === undefined) this.#data(0n, ending.runtime)
        this.#instruction(op("RETURN"), [0n, BigInt(ending.size ?? ending.runtime.length)])
    }
  }

  /** Writes the stack to memory, items that are too many combined into one; returns how many words. */
  #showStack(): number {
    while (this.#height > shownItems && this.#height < 8 * shownItems) this.#emit(op("XOR"))
    const shown = Math.min(this.#height, shownItems)
    for (let index = 0; index < shown; index++) this.#instruction(op("MSTORE"), [BigInt(wordBytes * index)])
    return shown
  }

  finish(): Uint8Array {
    for (const { at, data } of this.#references) {
      const start = this.#bytes.length
      this.#bytes[at] = (start >> 8) & 0xff
      this.#bytes[at + 1] = start & 0xff
      for (const byte of data) this.#bytes.push(byte)
    }
    return Uint8Array.from(this.#bytes)
  }
}

export const assemble = ({ body, ending }: Program): Uint8Array => {
  const assembler = new Assembler()
  if (ending.kind === "again") assembler.intents([{ kind: "bytes", bytes: Uint8Array.of(jumpDestination) }])
  assembler.intents(body)
  assembler.ending(ending)
  return assembler.finish()
}
