/** Words, bytes and numbers in and out of the core's memory. */
import type { Address, Hex } from "../engine.ts"
import type { Machine } from "./machine.ts"

/** Views of the memory. They are made anew when it has grown, since growing detaches the old ones. */
export class Exchange {
  readonly #memory: WebAssembly.Memory
  readonly #area: number
  #bytes: Buffer

  constructor({ core, memory }: Machine) {
    this.#memory = memory
    this.#area = core.exchangeArea()
    this.#bytes = Buffer.from(memory.buffer)
  }

  get #present(): Buffer {
    if (this.#bytes.buffer !== this.#memory.buffer) this.#bytes = Buffer.from(this.#memory.buffer)
    return this.#bytes
  }

  /** Of the area, at an offset. */
  putAddress(offset: number, address: Address): void {
    const bytes = this.#present
    const at = this.#area + offset
    bytes.fill(0, at, at + 12)
    bytes.write(address.slice(2), at + 12, 20, "hex")
  }

  putWord(offset: number, word: Hex): void {
    this.#present.write(word.slice(2), this.#area + offset, 32, "hex")
  }

  putNumber(offset: number, number: bigint): void {
    const bytes = this.#present
    const at = this.#area + offset
    if (number < 2n ** 64n) {
      bytes.fill(0, at, at + 24)
      bytes.writeBigUInt64BE(number, at + 24)
    } else bytes.write(number.toString(16).padStart(64, "0"), at, 32, "hex")
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
    return this.#present.readUInt32LE(this.#area + offset)
  }

  uint64(offset: number): bigint {
    return this.#present.readBigUInt64LE(this.#area + offset)
  }

  // Anywhere in the memory.

  hexAt(at: number, size: number): Hex {
    return `0x${this.#present.toString("hex", at, at + size)}`
  }

  uint32At(at: number): number {
    return this.#present.readUInt32LE(at)
  }

  putUint32At(at: number, number: number): void {
    this.#present.writeUInt32LE(number, at)
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
