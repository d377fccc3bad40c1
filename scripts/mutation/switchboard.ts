/** BLOBHASH as the switch of a mutant, for engines that run the build of `schemata.ts`. */
import type { Engine } from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { instruction } from "../../chain/engine/ethereumjs/instruction.ts"

const blobHashOpcode = 0x49

export class Switchboard {
  /** The number of the mutant that is on; 0 = none. */
  on = 0
  /** Numbers of the switches that were asked since this set was emptied. */
  readonly asked = new Set<number>()

  createEngine(): Promise<Engine> {
    const readSwitch = instruction(blobHashOpcode, 1, 1, ({ stack, height }) => {
      const number = Number(stack[height - 1])
      this.asked.add(number)
      stack[height - 1] = number === this.on ? 1n : 0n
    })
    return createEthereumJsEngine({ anyCodeSize: true, instructions: [readSwitch] })
  }
}
