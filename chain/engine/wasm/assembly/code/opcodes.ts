/** What the instructions of Cancun cost and do to the stack. Gas that depends on operands or state is charged where they run. */

const entryBytes: usize = 8
const table: usize = memory.data(2048)
const GAS: usize = 0
const TAKES: usize = 2
const LEAVES: usize = 3
const FLAGS: usize = 4

const assigned: u8 = 1
/** Ends a block: what comes after it can't be paid for in advance. */
const endsBlock: u8 = 2

function define(opcode: u32, gas: u16, takes: u8, leaves: u8, flags: u8 = 0): void {
  const entry = table + <usize>opcode * entryBytes
  store<u16>(entry, gas, GAS)
  store<u8>(entry, takes, TAKES)
  store<u8>(entry, leaves, LEAVES)
  store<u8>(entry, flags | assigned, FLAGS)
}

export function gasOf(opcode: u32): u32 {
  return load<u16>(table + <usize>opcode * entryBytes, GAS)
}

export function takenBy(opcode: u32): u32 {
  return load<u8>(table + <usize>opcode * entryBytes, TAKES)
}

export function leftBy(opcode: u32): u32 {
  return load<u8>(table + <usize>opcode * entryBytes, LEAVES)
}

export function isAssigned(opcode: u32): bool {
  return (load<u8>(table + <usize>opcode * entryBytes, FLAGS) & assigned) != 0
}

export function doesEndBlock(opcode: u32): bool {
  const flags = load<u8>(table + <usize>opcode * entryBytes, FLAGS)
  return (flags & assigned) == 0 || (flags & endsBlock) != 0
}

/** Nothing after it runs unless something jumps there. */
export function endsPath(opcode: u32): bool {
  return (
    opcode == 0x00 ||
    opcode == 0x56 ||
    opcode == 0xf3 ||
    opcode == 0xfd ||
    opcode == 0xff ||
    !isAssigned(opcode) ||
    opcode == 0xfe
  )
}

export function defineOpcodes(): void {
  defineArithmetic()
  defineEnvironment()
  defineMemoryAndFlow()
  defineSystem()
}

function defineArithmetic(): void {
  define(0x00, 0, 0, 0, endsBlock)
  define(0x01, 3, 2, 1)
  define(0x02, 5, 2, 1)
  define(0x03, 3, 2, 1)
  for (let opcode: u32 = 0x04; opcode <= 0x07; opcode++) define(opcode, 5, 2, 1)
  define(0x08, 8, 3, 1)
  define(0x09, 8, 3, 1)
  define(0x0a, 10, 2, 1, endsBlock)
  define(0x0b, 5, 2, 1)
  for (let opcode: u32 = 0x10; opcode <= 0x14; opcode++) define(opcode, 3, 2, 1)
  define(0x15, 3, 1, 1)
  for (let opcode: u32 = 0x16; opcode <= 0x18; opcode++) define(opcode, 3, 2, 1)
  define(0x19, 3, 1, 1)
  for (let opcode: u32 = 0x1a; opcode <= 0x1d; opcode++) define(opcode, 3, 2, 1)
  define(0x20, 30, 2, 1, endsBlock)
}

function defineEnvironment(): void {
  define(0x30, 2, 0, 1)
  define(0x31, 0, 1, 1, endsBlock)
  for (let opcode: u32 = 0x32; opcode <= 0x34; opcode++) define(opcode, 2, 0, 1)
  define(0x35, 3, 1, 1)
  define(0x36, 2, 0, 1)
  define(0x37, 3, 3, 0, endsBlock)
  define(0x38, 2, 0, 1)
  define(0x39, 3, 3, 0, endsBlock)
  define(0x3a, 2, 0, 1)
  define(0x3b, 0, 1, 1, endsBlock)
  define(0x3c, 0, 4, 0, endsBlock)
  define(0x3d, 2, 0, 1)
  define(0x3e, 3, 3, 0, endsBlock)
  define(0x3f, 0, 1, 1, endsBlock)
  define(0x40, 20, 1, 1)
  for (let opcode: u32 = 0x41; opcode <= 0x46; opcode++) define(opcode, 2, 0, 1)
  define(0x47, 5, 0, 1)
  define(0x48, 2, 0, 1)
  define(0x49, 3, 1, 1)
  define(0x4a, 2, 0, 1)
}

function defineMemoryAndFlow(): void {
  define(0x50, 2, 1, 0)
  define(0x51, 3, 1, 1, endsBlock)
  define(0x52, 3, 2, 0, endsBlock)
  define(0x53, 3, 2, 0, endsBlock)
  define(0x54, 0, 1, 1, endsBlock)
  define(0x55, 0, 2, 0, endsBlock)
  define(0x56, 8, 1, 0, endsBlock)
  define(0x57, 10, 2, 0, endsBlock)
  define(0x58, 2, 0, 1)
  define(0x59, 2, 0, 1)
  define(0x5a, 2, 0, 1, endsBlock)
  define(0x5b, 1, 0, 0)
  define(0x5c, 100, 1, 1)
  define(0x5d, 100, 2, 0, endsBlock)
  define(0x5e, 3, 3, 0, endsBlock)
  define(0x5f, 2, 0, 1)
  for (let opcode: u32 = 0x60; opcode <= 0x7f; opcode++) define(opcode, 3, 0, 1)
  for (let n: u32 = 0; n < 16; n++) {
    define(0x80 + n, 3, <u8>(n + 1), <u8>(n + 2))
    define(0x90 + n, 3, <u8>(n + 2), <u8>(n + 2))
  }
}

/**
 * Instructions that must not run in a static call cost nothing here: EthereumJS, whose words for a halt are the
 * standard, names the broken static call before the missing gas.
 */
function defineSystem(): void {
  for (let n: u32 = 0; n <= 4; n++) define(0xa0 + n, 0, <u8>(n + 2), 0, endsBlock)
  define(0xf0, 0, 3, 1, endsBlock)
  define(0xf1, 0, 7, 1, endsBlock)
  define(0xf2, 0, 7, 1, endsBlock)
  define(0xf3, 0, 2, 0, endsBlock)
  define(0xf4, 0, 6, 1, endsBlock)
  define(0xf5, 0, 4, 1, endsBlock)
  define(0xfa, 0, 6, 1, endsBlock)
  define(0xfd, 0, 2, 0, endsBlock)
  define(0xfe, 0, 0, 0, endsBlock)
  define(0xff, 0, 1, 0, endsBlock)
}
