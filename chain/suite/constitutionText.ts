/** What the constitution says at genesis. From then on only amendments change it. */
import { type Hex, numberToHex, toFunctionSelector } from "viem"
import type { CoreAddresses, GovernanceAddresses } from "./addresses.ts"
import { parameterKey } from "./parameters.ts"

/** The principles of the network, in order. */
export const principlesAtGenesis: readonly string[] = [
  "Sustain the network: no decision may end its ability to train, to verify and to pay for work.",
  "Keep this constitution: it binds every vote, and only its own rules of amendment change it.",
  "Respect human rights and the autonomy of people: the network serves them and decides nothing in their place.",
  "Minimise harm: what the network trains and offers must not be made to hurt.",
  "Train transparently: data, methods and results stay open to verification by anyone.",
  "Reward fairly: pay follows work that was verified, by rules that are the same for all.",
  "Protect privacy and the sovereignty over data: whoever gives data decides what it is used for.",
]

/**
 * Functions that only an amendment may call, whichever contract has them: what hands over power, replaces code or
 * mints. Calls to the constitution itself are amendments without being listed.
 */
export const protectedFunctions: readonly string[] = [
  // Who governs
  "setGovernance(address)",
  "setConstitution(address)",
  "transferOwnership(address)",
  "renounceOwnership()",
  "setDao(address)",
  "setTimelock(address)",
  "setAuthorizedTarget(address,bool)",
  // Who makes money
  "setDaoAddress(address)",
  "mint(address,uint256)",
  // Who takes and pays it out
  "setAuthorizedSlasher(address,bool)",
  "setAuthorizedDutyKeeper(address,bool)",
  "setAuthorizedDisburser(address,bool)",
  "setAuthorizedModelSetter(address,bool)",
  "setTreasury(address)",
  // Which code the contracts rely on
  "setTaskRewards(address)",
  "setStaking(address)",
  "setResultsRewardsContract(address)",
  "setMultiplierSource(address)",
  "setProjectContract(address)",
  "setDisputes(address)",
  "setForcedErrorRegistry(address)",
  "setContracts(address,address,address)",
  "setContracts(address,address)",
]

export const protectedSelectors = (): readonly Hex[] =>
  protectedFunctions.map((signature) => toFunctionSelector(signature))

/** A function of one contract that only an amendment may call with one of these as its first argument. */
export interface ProtectedArguments {
  readonly target: keyof (CoreAddresses & GovernanceAddresses)
  readonly signature: string
  readonly firstArguments: readonly Hex[]
}

const setParameter = "setParameter(bytes32,uint256)"
const VALIDATOR = numberToHex(5, { size: 32 })

/** The rules of government, and who may sit on its juries: else an ordinary vote could make itself the last one. */
export const protectedArguments: readonly ProtectedArguments[] = [
  {
    target: "dao",
    signature: setParameter,
    firstArguments: [
      "proposalThreshold",
      "votingDelay",
      "votingPeriod",
      "proposalQuorumBps",
      "queueBlocks",
      "allowPlainProposals",
    ].map(parameterKey),
  },
  {
    target: "timelock",
    signature: setParameter,
    firstArguments: ["timelockDelay", "timelockExpiry"].map(parameterKey),
  },
  {
    target: "staking",
    signature: setParameter,
    firstArguments: ["validatorMinStake", "validatorLockup"].map(parameterKey),
  },
  { target: "staking", signature: "setMinStake(uint8,uint256)", firstArguments: [VALIDATOR] },
  { target: "staking", signature: "setLockupDuration(uint8,uint256)", firstArguments: [VALIDATOR] },
]
