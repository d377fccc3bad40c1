/**
 * V5: a coordinator's bond and fee, on the built-in contracts. Three coordinators approve one solution after the other;
 * then the first of them votes against the other two.
 */
import type { Address } from "viem"
import { coordinators, createPopulatedWorld, playToVoting, publicVoting } from "../contracts/cycle.ts"
import type { World } from "../contracts/world.ts"
import { exactRow, type ValidationTarget } from "./target.ts"

const voters = coordinators.slice(0, 3) as unknown as readonly [Address, Address, Address]
const [first] = voters

/** 1 − 0.9ⁿ after n votes with the consensus. */
const bonds = [0.1, 0.19, 0.271, 0.3439, 0.40951, 0.468559, 0.5217031]
const fees: Readonly<Record<number, number>> = { 1: 1.05, 23: 1.4556853 }
const VOTES = 23
/** The seventh decimal of the stated values. */
const TOLERANCE = 5e-8

const inWholes = (wei: bigint): number => Number(wei) / 1e18

/** One task: everybody approves, or the first one alone does not. */
const playTask = async (world: World, firstApproves: boolean) => {
  const before = await world.balanceOf(first)
  const task = await playToVoting(world)
  for (const by of voters) await task.submitVote(by, by !== first || firstApproves, 90)
  task.after("voteReveal")
  await task.finalise()
  const { emaBondStrength } = await world.read("results", "getCoordinatorBond", [first])
  return { bond: inWholes(emaBondStrength), fee: inWholes((await world.balanceOf(first)) - before) }
}

export const v5: ValidationTarget = {
  id: "V5",
  title: "Bond and fee of a coordinator",
  source: "b ← 0.9·b + 0.1·[with the consensus], moved before the fee of 1 + 0.5·b is paid; 18 decimals, cut",
  kind: "exact",
  rows: async () => {
    const world = await createPopulatedWorld({ parameters: publicVoting, coordinators: voters })
    const rows = []
    let last = 0
    for (let votes = 1; votes <= VOTES; votes++) {
      const { bond, fee } = await playTask(world, true)
      const [expectedBond, expectedFee] = [bonds[votes - 1], fees[votes]]
      if (expectedBond !== undefined)
        rows.push(
          exactRow({
            label: `bond after ${votes} votes with the consensus`,
            expected: expectedBond,
            simulated: bond,
            tolerance: TOLERANCE,
          }),
        )
      if (expectedFee !== undefined)
        rows.push(
          exactRow({
            label: `fee of vote ${votes}, ATN`,
            expected: expectedFee,
            simulated: fee,
            tolerance: TOLERANCE,
          }),
        )
      last = bond
    }
    const { bond } = await playTask(world, false)
    rows.push(
      exactRow({
        label: "bond after a vote against the consensus, by the bond before",
        expected: 0.9,
        simulated: bond / last,
        tolerance: TOLERANCE,
      }),
    )
    return rows
  },
}
