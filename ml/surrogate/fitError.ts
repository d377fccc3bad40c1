/** How wrong a surrogate was, as its fit and the reports of runs that used it say. */
import { Schema } from "effect"

const Share = Schema.Finite

/** Errors of predicted accuracy over federations of one kind, as shares. An interval is of 95 %, over federations. */
export const FitError = Schema.Struct({
  /** What was new to the fit: nothing (`fit`), seeds, the model, the partition, the attack, all three. */
  part: Schema.Literals(["fit", "again", "model", "partition", "attack", "all"]),
  federations: Schema.Int,
  /** Mean over rounds of |predicted − real|. */
  byRound: Share,
  byRoundInterval: Schema.Tuple([Share, Share]),
  /** |predicted − real| after the last round. */
  last: Share,
  lastInterval: Schema.Tuple([Share, Share]),
  /** Mean over rounds of predicted − real. */
  bias: Share,
  biasInterval: Schema.Tuple([Share, Share]),
  /** Mean |predicted − real| of single honest updates, and of single attackers' updates. */
  honest: Share,
  attacker: Schema.NullOr(Share),
})
export type FitError = typeof FitError.Type
