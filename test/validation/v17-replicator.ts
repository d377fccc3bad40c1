/**
 * V17: hawk–dove with payoffs [[−½, 2], [0, 0]]: a hawk loses ½ to a hawk and takes 2 from a dove; a dove gets nothing.
 * Both earn alike where −½x + 2(1 − x) = 0, that is at a hawk share x = 2/2.5 = 0.8, whatever mix one starts from.
 */
import { replicatorDynamics, type ReplicatorOptions } from "../../sim/search/replicator.ts"
import { exactRow, type ValidationTarget } from "./target.ts"

const HAWK_DOVE = [
  [-0.5, 2],
  [0, 0],
]
const HAWK_SHARE = 0.8
const TOLERANCE = 1e-9

const METHODS: readonly ReplicatorOptions["method"][] = ["rungeKutta", "discrete"]
const STARTS = [0.01, 0.5, 0.99]

export const v17: ValidationTarget = {
  id: "V17",
  title: "Replicator dynamics (hawk–dove)",
  source: "Taylor and Jonker 1978: equal payoffs, −½x + 2(1 − x) = 0",
  kind: "exact",
  rows: async () =>
    METHODS.flatMap((method = "rungeKutta") =>
      STARTS.map((hawks) => {
        const { shares, converged } = replicatorDynamics(HAWK_DOVE, [hawks, 1 - hawks], { method })
        return exactRow({
          label: `hawk share from ${hawks}, ${method}${converged ? "" : " (did not come to rest)"}`,
          expected: HAWK_SHARE,
          simulated: converged ? (shares[0] as number) : Number.NaN,
          tolerance: TOLERANCE,
        })
      }),
    ),
}
