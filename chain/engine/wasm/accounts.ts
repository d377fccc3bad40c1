/** Whole accounts out of the core and into it. */
import { type AccountState, type Hex, InvalidMessage } from "../engine.ts"
import type { Exchange } from "./exchange.ts"
import type { Core, Machine } from "./machine.ts"

/** Where `readAccount` and `readSlot` leave things in the exchange area. */
const balanceAt = 32
const codeHashAt = 64
const nonceAt = 96
const codeAt = 104
const codeSizeAt = 108
const storageIdAt = 112
const keyAt = 32
const valueAt = 64

export interface AccountHead {
  readonly nonce: bigint
  readonly balance: bigint
  readonly code: Hex
  /** Zeros for an account without code. */
  readonly codeHash: Hex
  readonly storageId: number
}

/** What the core knows of an account record; the same for one that does not exist as for an empty one. */
export const readHead = (core: Core, exchange: Exchange, account: number): AccountHead => {
  core.readAccount(account)
  return {
    nonce: exchange.uint64(nonceAt),
    balance: exchange.number(balanceAt),
    code: exchange.hexAt(exchange.uint32(codeAt), exchange.uint32(codeSizeAt)),
    codeHash: exchange.word(codeHashAt),
    storageId: exchange.uint32(storageIdAt),
  }
}

/** Every account that exists, sorted by address. */
export const readAccounts = ({ core }: Machine, exchange: Exchange): readonly AccountState[] => {
  const storages = readStorages(core, exchange)
  const accounts: AccountState[] = []
  for (let index = 0; index < core.accountCount(); index++) {
    const account = core.accountAt(index)
    if (core.readAccount(account) === 0) continue
    const address = exchange.address(0)
    const { nonce, balance, code, storageId } = readHead(core, exchange, account)
    const storage = (storages.get(storageId) ?? []).sort(byFirst)
    accounts.push({ address, nonce, balance, code, storage })
  }
  return accounts.sort((a, b) => (a.address < b.address ? -1 : 1))
}

const byFirst = (a: readonly [Hex, Hex], b: readonly [Hex, Hex]): number => (a[0] < b[0] ? -1 : 1)

const readStorages = (core: Core, exchange: Exchange): Map<number, [Hex, Hex][]> => {
  const storages = new Map<number, [Hex, Hex][]>()
  for (let index = 0; index < core.slotCount(); index++) {
    if (core.readSlot(index) === 0) continue
    const owner = exchange.uint32(0)
    let slots = storages.get(owner)
    if (slots === undefined) storages.set(owner, (slots = []))
    slots.push([exchange.word(keyAt), exchange.word(valueAt)])
  }
  return storages
}

export const writeAccount = ({ core }: Machine, exchange: Exchange, state: AccountState): void => {
  exchange.putAddress(0, state.address)
  const account = core.findAccount()
  const size = (state.code.length - 2) / 2
  if (exchange.putHexAt(core.inputRoom(Math.ceil(size)), state.code) !== size)
    throw new InvalidMessage(`Code is 0x and pairs of hex digits; that of ${state.address} is not.`)
  exchange.putNumber(0, state.balance)
  core.writeAccount(account, state.nonce, size)
  for (const [slot, value] of state.storage) {
    exchange.putWord(0, slot)
    exchange.putWord(keyAt, value)
    core.writeSlot(account)
  }
}
