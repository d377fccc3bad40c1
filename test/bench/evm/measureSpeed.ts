/** Calls a second of all contenders on one load, round by round in turn. */
import { type Contender, type Effort, type Prepared, checkGas } from "./contender.ts"
import { type Load, callsOf, gasOf } from "./load.ts"
import { median } from "./statistics.ts"

export interface Rate {
  readonly median: number
  readonly lowest: number
  readonly highest: number
}

export interface Speed {
  readonly calls: number
  readonly tasks: number
  /** Undefined where the host does not tell CPU time. */
  readonly cpuCallsPerSecond: Rate | undefined
  readonly wallCallsPerSecond: Rate
  readonly gasPerCall: number
}

export const measureSpeed = async (
  load: Load,
  contenders: readonly { readonly contender: Contender; readonly prepared: Prepared }[],
  rounds: number,
): Promise<readonly Speed[]> => {
  const plans = contenders.map(({ contender, prepared }) => {
    const tasks = Math.max(1, Math.round(contender.share * load.tasks))
    return { name: contender.name, prepared, tasks, calls: callsOf(load, tasks), efforts: [] as Effort[] }
  })
  for (let round = 0; round <= rounds; round++) {
    for (const { name, prepared, calls, efforts } of plans) {
      const { gas, ...effort } = await prepared.replay(calls)
      checkGas(name, calls, gas)
      // The first round warms compilers up.
      if (round > 0) efforts.push(effort)
    }
  }
  return plans.map(({ tasks, calls, efforts }) => {
    const cpu = efforts.map(({ cpuSeconds }) => cpuSeconds)
    return {
      calls: calls.length,
      tasks,
      cpuCallsPerSecond: cpu.every((each) => each !== undefined) ? rateOf(calls.length, cpu) : undefined,
      wallCallsPerSecond: rateOf(
        calls.length,
        efforts.map(({ wallSeconds }) => wallSeconds),
      ),
      gasPerCall: Number(gasOf(calls)) / calls.length,
    }
  })
}

const rateOf = (calls: number, seconds: readonly number[]): Rate => {
  const rates = seconds.map((each) => calls / each)
  return { median: median(rates), lowest: Math.min(...rates), highest: Math.max(...rates) }
}
