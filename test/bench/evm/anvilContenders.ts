/** Foundry's anvil as a contender, in the two ways in which it executes what it is told. */
import { toHex } from "viem"
import type { BlockEnvironment, Message } from "../../../chain/engine/engine.ts"
import { anvilGenesisOf } from "./anvilGenesis.ts"
import { type AnvilProcess, findAnvil, startAnvil } from "./anvilProcess.ts"
import type { Contender, Effort, Look, Memory, Prepared } from "./contender.ts"
import { type Call, type JsonRpc, connect, decodeAnswers, encodeCalls } from "./jsonRpc.ts"
import { type Load, type Transaction, type View, callsOf } from "./load.ts"
import { median } from "./statistics.ts"

interface Node {
  readonly anvil: AnvilProcess
  readonly rpc: JsonRpc
  readonly load: Load
}

const start = async (load: Load): Promise<Node | string> => {
  const found = findAnvil()
  if (typeof found === "string") return found
  const anvil = await startAnvil(found.binary, await anvilGenesisOf(load))
  return { anvil, rpc: connect(anvil.url), load }
}

const close = ({ rpc, anvil }: Node): void => {
  rpc.close()
  anvil.stop()
}

/** The client's own time is in the wall time only. */
const timed = async <A>(
  { anvil }: Node,
  work: () => Promise<A>,
): Promise<Effort & { readonly result: A }> => {
  const cpu = anvil.cpuSeconds()
  const begin = performance.now()
  const result = await work()
  const wallSeconds = (performance.now() - begin) / 1_000
  const cpuAfter = anvil.cpuSeconds()
  const cpuSeconds = cpu === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpu
  return { result, wallSeconds, cpuSeconds }
}

interface Block {
  readonly block: BlockEnvironment
  readonly transactions: readonly Transaction[]
}

const blocksOf = (transactions: readonly Transaction[]): readonly Block[] =>
  [...Map.groupBy(transactions, ({ block }) => block)].map(([block, inBlock]) => ({
    block,
    transactions: inBlock,
  }))

/** The limits of a block's calls must fit into the block's; what a call uses does not depend on its own. */
const callGasLimit = 2_000_000n

const requestOf = ({ from, to, data }: Message) => ({
  from,
  ...(to !== null && { to }),
  data,
  gas: toHex(callGasLimit),
  gasPrice: "0x0",
})

/** As `eth_simulateV1` and `eth_call` take them: the blocks exactly as they were recorded. */
const overridesOf = ({ number, timestampSeconds, prevRandao, coinbase, gasLimit }: BlockEnvironment) => ({
  number: toHex(number),
  time: toHex(timestampSeconds),
  prevRandao,
  feeRecipient: coinbase,
  gasLimit: toHex(gasLimit),
  baseFeePerGas: "0x0",
})

/** All blocks in one request, and nothing kept: execution with the least around it. */
export const anvilSimulating: Contender = {
  name: "anvil 1.7.1, eth_simulateV1",
  share: 0.2,
  notes: [
    "anvil, eth_simulateV1: one request with all blocks of a round; no pool, no receipts, nothing kept.",
    "CPU time of anvil is that of its process (decoding and encoding JSON included); wall time has the HTTP request, too.",
  ],
  prepare: async (load) => {
    const node = await start(load)
    if (typeof node === "string") return node
    return {
      replay: (transactions) => simulate(node, transactions),
      look: (views, repetitions) => callViews(node, views, repetitions),
      close: () => close(node),
    }
  },
}

const simulate: (node: Node, transactions: readonly Transaction[]) => ReturnType<Prepared["replay"]> = async (
  node,
  transactions,
) => {
  const blockStateCalls = blocksOf(transactions).map(({ block, transactions }) => ({
    blockOverrides: overridesOf(block),
    calls: transactions.map(({ message }) => requestOf(message)),
  }))
  const calls = [{ method: "eth_simulateV1", params: [{ blockStateCalls, validation: false }, "latest"] }]
  const body = encodeCalls(calls)
  const { result, ...effort } = await timed(node, () => node.rpc.send(body))
  const [blocks] = decodeAnswers(result, calls) as [
    readonly { readonly calls: readonly { gasUsed: string }[] }[],
  ]
  return { ...effort, gas: blocks.flatMap(({ calls }) => calls.map(({ gasUsed }) => BigInt(gasUsed))) }
}

const callViews = async (node: Node, views: readonly View[], repetitions: number): Promise<Look> => {
  const calls = views.map(({ message, block }) => {
    const { number, time, prevRandao } = overridesOf(block)
    return { method: "eth_call", params: [requestOf(message), "latest", {}, { number, time, prevRandao }] }
  })
  const body = encodeCalls(calls)
  const { result, ...effort } = await timed(node, async () => {
    let last = ""
    for (let repetition = 0; repetition < repetitions; repetition++) last = await node.rpc.send(body)
    return last
  })
  return { ...effort, outputs: decodeAnswers(result, calls) as readonly string[] }
}

/** Unsigned transactions of impersonated senders, a batch for each block, which is then mined. */
export const anvilMining: Contender = {
  name: "anvil 1.7.1, blocks mined",
  share: 0.1,
  notes: [
    "anvil, blocks mined: eth_sendUnsignedTransaction in one batch for each block, then evm_mine; receipts are read untimed.",
  ],
  prepare: async (load) => {
    if (load.drawsFromPrevRandao)
      return "anvil offers no way to set prevrandao of a block that it mines, and this load draws panels from it"
    const node = await start(load)
    if (typeof node === "string") return node
    return {
      replay: (transactions) => mineAndGoBack(node, transactions),
      memory: () => memory(node),
      snapshotSeconds: () => snapshotSeconds(node),
      close: () => close(node),
    }
  },
}

const mineAndGoBack = async (
  node: Node,
  transactions: readonly Transaction[],
): ReturnType<Prepared["replay"]> => {
  const snapshot = await node.rpc.call("evm_snapshot")
  const replay = await mine(node, transactions)
  await node.rpc.call("evm_revert", snapshot)
  return replay
}

const mine = async (node: Node, transactions: readonly Transaction[]): ReturnType<Prepared["replay"]> => {
  const blocks = blocksOf(transactions)
  const batches = await encodeBlocks(node, blocks)
  const mineBody = encodeCalls([{ method: "evm_mine", params: [] }])
  const { result, ...effort } = await timed(node, async () => {
    const answers: string[] = []
    for (const { body } of batches) {
      answers.push(await node.rpc.send(body))
      await node.rpc.send(mineBody)
    }
    return answers
  })
  for (const [index, answer] of result.entries()) decodeAnswers(answer, batches[index]?.calls ?? [])
  return { ...effort, gas: await gasOfBlocks(node, blocks) }
}

interface Batch {
  readonly calls: readonly Call[]
  readonly body: string
}

const encodeBlocks = async ({ rpc, load }: Node, blocks: readonly Block[]): Promise<readonly Batch[]> => {
  const senders = [...new Set(load.cycle.map(({ message }) => message.from))]
  const nonces = new Map<string, number>()
  for (const sender of senders) {
    nonces.set(sender, Number(await rpc.call("eth_getTransactionCount", sender, "latest")))
  }
  const send = ({ message }: Transaction): Call => {
    const nonce = nonces.get(message.from) as number
    nonces.set(message.from, nonce + 1)
    const params = [{ ...requestOf(message), nonce: toHex(nonce) }]
    return { method: "eth_sendUnsignedTransaction", params }
  }
  return blocks.map(({ block, transactions }) => {
    const time = { method: "evm_setNextBlockTimestamp", params: [toHex(block.timestampSeconds)] }
    const calls = [time, ...transactions.map(send)]
    return { calls, body: encodeCalls(calls) }
  })
}

const gasOfBlocks = async ({ rpc }: Node, blocks: readonly Block[]): Promise<readonly bigint[]> => {
  const gas: bigint[] = []
  for (const { block } of blocks) {
    const receipts = (await rpc.call("eth_getBlockReceipts", toHex(block.number))) as
      readonly { gasUsed: string }[] | null
    gas.push(...(receipts ?? []).map(({ gasUsed }) => BigInt(gasUsed)))
  }
  return gas
}

const memory = async (node: Node): Promise<Memory | undefined> => {
  const snapshot = await node.rpc.call("evm_snapshot")
  const afterSetup = node.anvil.residentBytes()
  await mine(node, node.load.cycle)
  const afterTasks = node.anvil.residentBytes()
  await node.rpc.call("evm_revert", snapshot)
  return afterSetup === undefined || afterTasks === undefined ? undefined : { afterSetup, afterTasks }
}

const snapshotSeconds = async (node: Node): Promise<number> => {
  const seconds: number[] = []
  for (let repetition = 0; repetition < 20; repetition++) {
    const begin = performance.now()
    const snapshot = await node.rpc.call("evm_snapshot")
    const marked = performance.now()
    await mine(node, callsOf(node.load, 1))
    const played = performance.now()
    await node.rpc.call("evm_revert", snapshot)
    seconds.push((performance.now() - played + marked - begin) / 1_000)
  }
  return median(seconds)
}
