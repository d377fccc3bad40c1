/** What a constructor wants, told from the names and types of its parameters. */
import type { Abi, AbiParameter } from "abitype"
import type { ContractProblem } from "./errors.ts"

/** What there is to give. Those that are contracts of the set fix the order of deployment. */
export type ArgumentMeaning =
  | "token"
  | "staking"
  | "project"
  | "tasks"
  | "results"
  | "forcedErrors"
  | "dao"
  | "governance"
  | "treasury"
  | "initialHolder"
  | "initialSupply"

/** Names without underscores, in lower case, less a final contract or address. */
const synonyms: Readonly<Record<ArgumentMeaning, readonly string[]>> = {
  token: ["atntoken", "atn", "token", "votingtoken", "governancetoken", "stakingtoken", "rewardtoken"],
  staking: ["staking", "participantstaking"],
  project: ["project", "projects"],
  tasks: ["task", "tasks"],
  results: ["resultsrewards", "results", "rewards"],
  forcedErrors: ["forcederrorregistry", "forcederrors", "forcederror"],
  dao: ["dao", "autonetdao"],
  governance: ["governance", "governor", "owner", "initialowner", "admin", "deployer"],
  treasury: ["treasury"],
  initialHolder: ["initialholder", "holder", "initialaccount", "recipient"],
  initialSupply: ["initialsupply", "supply", "totalsupply"],
}

const meaningByName = new Map(
  (Object.keys(synonyms) as ArgumentMeaning[]).flatMap((meaning) =>
    synonyms[meaning].map((name) => [name, meaning] as const),
  ),
)

const typeOf = (meaning: ArgumentMeaning): "address" | "uint256" =>
  meaning === "initialSupply" ? "uint256" : "address"

/** A constructor's parameters in order. A contract without constructor takes nothing. */
export const constructorParameters = (abi: Abi): readonly AbiParameter[] => {
  const item = abi.find(({ type }) => type === "constructor")
  return item?.type === "constructor" ? item.inputs : []
}

/** The meaning of each parameter in order, or what is not understood, a problem each. */
export const matchConstructor = (
  contract: string,
  abi: Abi,
): { readonly meanings: readonly ArgumentMeaning[]; readonly problems: readonly ContractProblem[] } => {
  const meanings: ArgumentMeaning[] = []
  const problems: ContractProblem[] = []
  for (const [index, parameter] of constructorParameters(abi).entries()) {
    const name = parameter.name ?? ""
    const meaning = meaningByName.get(normalised(name))
    const spelled = `parameter ${index + 1} of its constructor, ${parameter.type} ${name || "without a name"},`
    if (meaning === undefined) {
      problems.push({
        kind: "constructor",
        where: contract,
        wrong: `${spelled} is not understood`,
        right: `known are ${knownNames}, with or without underscores`,
      })
    } else if (parameter.type !== typeOf(meaning)) {
      problems.push({
        kind: "constructor",
        where: contract,
        wrong: `${spelled} has another type than what belongs there`,
        right: `it takes ${typeOf(meaning) === "address" ? "an address" : "a uint256"}`,
      })
    } else meanings.push(meaning)
  }
  return { meanings, problems }
}

const knownNames = [
  "atnToken",
  "staking",
  "project",
  "taskContract",
  "resultsRewards",
  "forcedErrorRegistry",
  "dao",
  "governance",
  "owner",
  "treasury",
  "votingToken",
  "initialHolder",
  "initialSupply (whole tokens)",
].join(", ")

const normalised = (name: string): string =>
  name
    .replaceAll("_", "")
    .toLowerCase()
    .replace(/(contract|address|addr)+$/, "")
