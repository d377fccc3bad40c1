import type { ViewRequest } from "./chain.ts"
import type { BlockEnvironment, Engine, Execution } from "./engine/engine.ts"

export interface ViewMemo {
  /** The answer, if it was given since the last block. */
  readonly known: (request: ViewRequest, block: BlockEnvironment) => Execution | undefined
  readonly view: (request: ViewRequest, block: BlockEnvironment) => Promise<Execution>
  /** The state has changed: nothing is remembered any more. */
  readonly forget: () => void
}

const capacity = 8_192
const nobody = "0x0000000000000000000000000000000000000000"

/**
 * Views, remembered until the next block: many agents ask the same at the same instant. An answer depends on
 * nothing but the state, the block and the request.
 */
export const createViewMemo = (engine: Engine, gasLimit: bigint): ViewMemo => {
  const answers = new Map<string, Execution>()
  let ofBlock: BlockEnvironment | undefined

  const known = (request: ViewRequest, block: BlockEnvironment): Execution | undefined => {
    if (ofBlock !== block) answers.clear()
    ofBlock = block
    return answers.get(keyOf(request))
  }

  const view = async (request: ViewRequest, block: BlockEnvironment): Promise<Execution> => {
    const before = known(request, block)
    if (before !== undefined) return before
    const { from = nobody, to, data } = request
    const execution = await engine.view({ from, to, data, value: 0n, gasLimit }, block)
    if (answers.size >= capacity) answers.clear()
    answers.set(keyOf(request), execution)
    return execution
  }

  return { known, view, forget: () => answers.clear() }
}

const keyOf = ({ from = nobody, to, data }: ViewRequest): string => `${from}:${to}:${data}`
