/** Learning by doing: which of some ways to act pays best, from what each has brought so far. */
import type { RandomStream } from "../../kernel/randomStream.ts"

export interface BanditOptions {
  /** Ways to act, numbered from 0. */
  readonly arms: number
  /**
   * `epsilonGreedy`: the one with the best mean payoff. `regretMatching`: each in proportion to the regret of not having
   * taken it always, as far as that is positive (Hart and Mas-Colell 2000), with means in the place of payoffs that
   * nobody has seen.
   */
  readonly rule: "epsilonGreedy" | "regretMatching"
  /** Probability of trying one at random, 0 to 1. */
  readonly exploration: number
  readonly stream: RandomStream
}

export interface Bandit {
  /** The arm to take now: each of them once at first, in turn. */
  readonly choose: () => number
  /** What an arm has brought, in any unit. */
  readonly learn: (arm: number, payoff: number) => void
}

export const createBandit = ({ arms, rule, exploration, stream }: BanditOptions): Bandit => {
  const tries = Array.from({ length: arms }, () => 0)
  const means = Array.from({ length: arms }, () => 0)
  const regrets = Array.from({ length: arms }, () => 0)

  const anyArm = () => stream.int(0, arms - 1)
  const best = () => means.indexOf(Math.max(...means))
  const byRegret = () => {
    const positive = regrets.map((regret) => Math.max(0, regret))
    const total = positive.reduce((sum, regret) => sum + regret, 0)
    if (total === 0) return anyArm()
    let left = stream.next() * total
    const arm = positive.findIndex((regret) => (left -= regret) < 0)
    return arm < 0 ? best() : arm
  }

  return {
    choose: () => {
      const untried = tries.indexOf(0)
      if (untried >= 0) return untried
      if (stream.next() < exploration) return anyArm()
      return rule === "epsilonGreedy" ? best() : byRegret()
    },
    learn: (arm, payoff) => {
      tries[arm] = (tries[arm] ?? 0) + 1
      means[arm] = (means[arm] ?? 0) + (payoff - (means[arm] ?? 0)) / tries[arm]
      // Of what was never tried nothing is known, and nothing regretted.
      for (let other = 0; other < arms; other++)
        if (tries[other] !== 0) regrets[other] = (regrets[other] ?? 0) + (means[other] ?? 0) - payoff
    },
  }
}
