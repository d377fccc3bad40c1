/**
 * Gas of every call in the life of projects, tasks, traps, stakes, proposals, juries, disputes, scores and shards on
 * the built-in contracts, and the size of each contract: `npm run bench:gas`. Prints two tables in Markdown.
 *
 * The gas of a call does not depend on the machine, only on what is played here and on the compiler.
 */
import type { Address } from "viem"
import { formatInteger } from "../../sim/results/format.ts"
import { compiledContracts } from "../compiledContracts.ts"
import { World } from "../contracts/world.ts"
import { playInstitutions } from "./gasInstitutions.ts"
import { contractNames, playProjects } from "./gasLoad.ts"

interface Calls {
  readonly contract: string
  readonly name: string
  readonly gas: bigint[]
}

const calls = new Map<string, Calls>()

/** From here on every transaction of every world is noted. */
const recordEveryCall = (): void => {
  const send = World.prototype.send as (...args: unknown[]) => Promise<{ gasUsed: bigint }>
  const recording = async function (this: World, ...args: unknown[]): Promise<unknown> {
    const sent = await send.apply(this, args)
    const [, contract, name] = args as [Address, string, string]
    const key = `${contract}.${name}`
    const known = calls.get(key) ?? { contract, name, gas: [] }
    calls.set(key, known)
    known.gas.push(sent.gasUsed)
    return sent
  }
  World.prototype.send = recording as World["send"]
}

/** The middle one, or the mean of the two in the middle, rounded down. */
const median = (sorted: readonly bigint[]): bigint => {
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return ((below as bigint) + (above as bigint)) / 2n
}

const gasTable = (): string[] => [
  "| contract | call | calls | least gas | median gas | most gas |",
  "|---|---|--:|--:|--:|--:|",
  ...[...calls.values()]
    .sort((a, b) => (a.contract + a.name < b.contract + b.name ? -1 : 1))
    .map(({ contract, name, gas }) => {
      const sorted = gas.toSorted((a, b) => (a < b ? -1 : 1))
      const cells = [sorted[0] as bigint, median(sorted), sorted.at(-1) as bigint].map((each) =>
        formatInteger(Number(each)),
      )
      return `| ${contractNames[contract] ?? contract} | ${name} | ${gas.length} | ${cells.join(" | ")} |`
    }),
]

/** EIP-170. */
const sizeLimitBytes = 24_576

const sizeTable = async (): Promise<string[]> => {
  const { contracts } = await compiledContracts()
  const sizes = Object.values(contracts)
    .filter(({ source }) => source.startsWith("contracts/"))
    .map(({ name, deployedBytecode }) => ({ name, bytes: (deployedBytecode.length - 2) / 2 }))
    .filter(({ bytes }) => bytes > 200)
    .sort((a, b) => b.bytes - a.bytes)
  return [
    `| contract | bytes | of ${formatInteger(sizeLimitBytes)} |`,
    "|---|--:|--:|",
    ...sizes.map(
      ({ name, bytes }) =>
        `| ${name} | ${formatInteger(bytes)} | ${Math.round((100 * bytes) / sizeLimitBytes)} % |`,
    ),
  ]
}

recordEveryCall()
await playProjects()
await playInstitutions()
console.log(gasTable().join("\n"))
console.log()
console.log((await sizeTable()).join("\n"))
