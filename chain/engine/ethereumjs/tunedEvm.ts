/**
 * An EthereumJS EVM (Cancun) on the flat state, with the tuned interpreter and no promise where none is
 * needed. Only this instance is changed: every other EVM of the process stays as the package made it.
 */
import { Common, Hardfork, Mainnet } from "@ethereumjs/common"
import { type EVM, type ExecResult, Message, createEVM } from "@ethereumjs/evm"
import { Account, createZeroAddress } from "@ethereumjs/util"
import { AccessJournal } from "./accessJournal.ts"
import { FlatState } from "./flatState.ts"
import type { Instruction } from "./instruction.ts"
import { type InstructionObserver, observeHandlers, observedTable } from "./instructionObserver.ts"
import { createInstructionTable } from "./instructionTable.ts"
import { type InterpreterConstructor, interpreterConstructor, runFrame } from "./interpreter.ts"
import { letAnythingBeInitCode } from "./legacyCreation.ts"
import { letCreationsRevert } from "./revertedCreation.ts"
import { type PointEvaluationWatch, watchPointEvaluation } from "./pointEvaluation.ts"

export interface TunedEvm {
  readonly evm: EVM
  readonly common: Common
  readonly state: FlatState
  readonly journal: AccessJournal
  readonly anyCodeSize: boolean
  readonly pointEvaluation: PointEvaluationWatch
}

/** What the tuned EVM replaces or reads in EthereumJS's class beyond its public types. */
interface EvmInternals {
  journal: unknown
  _emit: unknown
  runInterpreter: (message: Message & { readonly isCreate?: boolean }) => Promise<ExecResult>
  readonly _opcodeMap: readonly { readonly opcodeInfo: { readonly fee: number } }[]
  readonly _tx: { readonly gasPrice: bigint; readonly origin: unknown }
  readonly _block: unknown
  readonly performanceLogger: unknown
}

/** For machines that run code which no mainnet would accept. */
export interface TunedEvmOptions {
  /** Lifts EIP-170 and EIP-3860: code and init code of any size. For instrumented builds of contracts. */
  readonly anyCodeSize?: boolean
  /** Instructions in place of those of the same opcode. */
  readonly instructions?: readonly Instruction[]
  /** Is told of every instruction that succeeds; costs nothing when there is none. */
  readonly observe?: InstructionObserver
}

export const createTunedEvm = async (options: TunedEvmOptions = {}): Promise<TunedEvm> => {
  const { anyCodeSize = false, instructions = [], observe } = options
  const common = createCancunCommon()
  memoiseRules(common)
  const state = new FlatState()
  const journal = new AccessJournal(state)
  const evm = await createEVM({
    common,
    stateManager: state,
    allowUnlimitedContractSize: anyCodeSize,
    allowUnlimitedInitCodeSize: anyCodeSize,
  })
  const internals = evm as unknown as EvmInternals
  internals.journal = journal
  internals._emit = () => undefined
  letAnythingBeInitCode(evm)
  const staticGasOf = (opcode: number) => internals._opcodeMap[opcode]?.opcodeInfo.fee as number
  const plain = createInstructionTable(common, staticGasOf, state, journal, instructions)
  const table = observe === undefined ? plain : observedTable(plain, observe)
  if (observe !== undefined) observeHandlers(evm, observe)
  const Interpreter = await interpreterConstructor()
  internals.runInterpreter = createInterpreterRunner(evm, Interpreter, table)
  letCreationsRevert(evm)
  return { evm, common, state, journal, anyCodeSize, pointEvaluation: watchPointEvaluation(evm) }
}

export const createCancunCommon = (): Common => new Common({ chain: Mainnet, hardfork: Hardfork.Cancun })

/** Remembers the answers about forks and prices, which EthereumJS searches for anew at every opcode. */
const memoiseRules = (common: Common): void => {
  common.isActivatedEIP = memoised(common.isActivatedEIP.bind(common))
  common.gteHardfork = memoised(common.gteHardfork.bind(common))
  common.param = memoised(common.param.bind(common))
}

const memoised = <K, A>(answer: (key: K) => A): ((key: K) => A) => {
  const known = new Map<K, A>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const now = answer(key)
    known.set(key, now)
    return now
  }
}

/** As `EVM.runInterpreter` of 10.1.3, without the profiler, EOF and block access lists, on `runFrame`. */
const createInterpreterRunner = (
  evm: EVM,
  Interpreter: InterpreterConstructor,
  table: ReturnType<typeof createInstructionTable>,
): EvmInternals["runInterpreter"] => {
  const internals = evm as unknown as EvmInternals
  return async (message) => {
    const contract = (await evm.stateManager.getAccount(message.to ?? createZeroAddress())) ?? new Account()
    const environment = {
      address: message.to ?? createZeroAddress(),
      caller: message.caller,
      callData: message.data,
      callValue: message.value,
      code: message.code,
      isStatic: message.isStatic,
      isCreate: message.isCreate ?? false,
      depth: message.depth,
      gasPrice: internals._tx.gasPrice,
      origin: internals._tx.origin,
      block: internals._block,
      contract,
      codeAddress: message.codeAddress,
      gasRefund: message.gasRefund,
      blobVersionedHashes: message.blobVersionedHashes ?? [],
      createdAddresses: message.createdAddresses,
    }
    const { stateManager, blockchain, journal } = evm
    const gasLimit = message.gasLimit
    const logger = internals.performanceLogger
    const interpreter = new Interpreter(evm, stateManager, blockchain, environment, gasLimit, journal, logger)
    if (message.selfdestruct !== undefined) interpreter._result.selfdestruct = message.selfdestruct
    if (message.createdAddresses !== undefined)
      interpreter._result.createdAddresses = message.createdAddresses
    const { runState, exceptionError } = await runFrame(interpreter, message.code as Uint8Array, table)
    return toResult(interpreter._result, runState, gasLimit, exceptionError)
  }
}

const toResult = (
  result: Pick<ExecResult, "logs" | "selfdestruct" | "createdAddresses"> & { returnValue?: Uint8Array },
  runState: NonNullable<ExecResult["runState"]>,
  gasLimit: bigint,
  exceptionError: ExecResult["exceptionError"],
): ExecResult => {
  const returnValue = result.returnValue ?? new Uint8Array(0)
  const rest = { returnValue, gas: runState.gasLeft, gasRefund: runState.gasRefund }
  const gasUsed = gasLimit - runState.gasLeft
  if (exceptionError === undefined) return { ...result, ...rest, executionGasUsed: gasUsed }
  const nothing = { logs: [], selfdestruct: new Map(), createdAddresses: new Set<`0x${string}`>() }
  const executionGasUsed = exceptionError.error === "revert" ? gasUsed : gasLimit
  return { ...nothing, ...rest, exceptionError, executionGasUsed }
}
