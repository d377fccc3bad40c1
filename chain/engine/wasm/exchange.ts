/** Words, bytes and numbers in and out of the core's memory. */
import { type Address, type Hex, InvalidMessage } from "../engine.ts"
import type { Machine } from "./machine.ts"

const halfLimit = 2n ** 64n
const wordLimit = 2n ** 256n

/** Views of the memory. They are made anew when it has grown, since growing detaches the old ones. */
export class Exchange {
  readonly #memory: WebAssembly.Memory
  readonly #area: number
  #bytes: Buffer
  #view: DataView

  constructor({ core, memory }: Machine) {
    this.#memory = memory
    this.#area = core.exchangeArea()
    this.#bytes = Buffer.from(memory.buffer)
    this.#view = new DataView(memory.buffer)
  }

  /** Growing detaches the old views, which have no length from then on. */
  #refresh(): void {
    this.#bytes = Buffer.from(this.#memory.buffer)
    this.#view = new DataView(this.#memory.buffer)
  }

  get #numbers(): DataView {
    if (this.#bytes.length === 0) this.#refresh()
    return this.#view
  }

  get #present(): Buffer {
    if (this.#bytes.length === 0) this.#refresh()
    return this.#bytes
  }

  // Into the area, at an offset. Each throws `InvalidMessage` for what does not fit.

  putAddress(offset: number, address: Address): void {
    this.putAddressAt(this.#area + offset, address)
  }

  putWord(offset: number, word: Hex): void {
    this.putWordAt(this.#area + offset, word)
  }

  putNumber(offset: number, number: bigint): void {
    const at = this.#area + offset
    if (number < 0n || number >= wordLimit)
      throw new InvalidMessage(`A word is a number from 0 to 2^256 - 1; got ${number}.`)
    if (number < halfLimit) {
      const numbers = this.#numbers
      numbers.setBigUint64(at, 0n)
      numbers.setBigUint64(at + 8, 0n)
      numbers.setBigUint64(at + 16, 0n)
      numbers.setBigUint64(at + 24, number)
    } else this.#present.write(number.toString(16).padStart(64, "0"), at, 32, "hex")
  }

  address(offset: number): Address {
    return this.hexAt(this.#area + offset + 12, 20)
  }

  word(offset: number): Hex {
    return this.hexAt(this.#area + offset, 32)
  }

  number(offset: number): bigint {
    return BigInt(this.word(offset))
  }

  uint32(offset: number): number {
    return this.#numbers.getUint32(this.#area + offset, true)
  }

  uint64(offset: number): bigint {
    return this.#numbers.getBigUint64(this.#area + offset, true)
  }

  // Anywhere in the memory.

  hexAt(at: number, size: number): Hex {
    return `0x${this.#present.toString("hex", at, at + size)}`
  }

  /** As a word. */
  putAddressAt(at: number, address: Address): void {
    const bytes = this.#present
    this.#view.setBigUint64(at, 0n)
    this.#view.setUint32(at + 8, 0)
    if (address.length !== 42 || bytes.write(address.slice(2), at + 12, 20, "hex") !== 20)
      throw new InvalidMessage(`An address is 0x and 40 hex digits; got ${address}.`)
  }

  putWordAt(at: number, word: Hex): void {
    if (word.length !== 66 || this.#present.write(word.slice(2), at, 32, "hex") !== 32)
      throw new InvalidMessage(`A word is 0x and 64 hex digits; got ${word}.`)
  }

  uint32At(at: number): number {
    return this.#numbers.getUint32(at, true)
  }

  putUint32At(at: number, number: number): void {
    this.#numbers.setUint32(at, number, true)
  }

  /** Writes hex digits; gives how many bytes they were. Digits that are none end it early. */
  putHexAt(at: number, hex: Hex): number {
    return this.#present.write(hex.slice(2), at, "hex")
  }

  bytesAt(at: number, size: number): Uint8Array {
    return new Uint8Array(this.#present.subarray(at, at + size))
  }

  putBytesAt(at: number, bytes: Uint8Array): void {
    this.#present.set(bytes, at)
  }
}
