/**
 * V3: a verifier that lives on jackpots alone. There is no fee, and nothing is ever slashed. Who looks, alone, earns φ·J − c
 * a task: worth while from J = c/φ on, so that at J = 50 and φ = 5 % it can pay 2.5. Who does not look earns nothing.
 */
import { controlled, COST, errorsOf, JACKPOT, playLaziness, profitPerTask, type Mode } from "./looking.ts"
import { exactRow, statisticalRow, type ValidationTarget } from "./target.ts"

const WIDTH: Readonly<Record<Mode, number>> = { quick: 0.05, full: 0.02 }

const set = [
  'parameters["ResultsRewards.coordinatorFee"]="0 ATN"',
  'parameters["ResultsRewards.consensusSlashBps"]=0',
  'parameters["ForcedErrorRegistry.slashAmountForMissed"]="0 ATN"',
]

export const v3: ValidationTarget = {
  id: "V3",
  title: "A verifier that lives on jackpots alone",
  source: "J ≥ c/φ; J = 50, φ = 5 %",
  kind: "statistical",
  rows: async (mode) => {
    const runs = await playLaziness(mode, set)
    const gains = runs.map((run) =>
      controlled(run, profitPerTask(run, "honest") + COST, {
        rejected: 0,
        perTrap: JACKPOT,
        perRejectedTrap: 0,
      }),
    )
    return [
      statisticalRow({
        label: "break-even cost in ATN, J = 50, φ = 5 %",
        expected: 2.5,
        replicates: gains,
        tolerance: WIDTH[mode] * 2.5,
      }),
      exactRow({
        label: "profit of one that never looks, ATN a task",
        expected: 0,
        simulated: Math.max(...runs.map((run) => Math.abs(profitPerTask(run, "lazy")))),
        tolerance: 0,
      }),
      exactRow({
        label: "wrong votes of the verifier",
        expected: 0,
        simulated: runs.reduce((sum, run) => sum + errorsOf(run), 0),
        tolerance: 0,
      }),
    ]
  },
}
