import { expect, test } from "vitest"
import { v10 } from "./v10-fedavg-quadratics.ts"
import { v11 } from "./v11-aggregators.ts"
import { v12 } from "./v12-sign-flip.ts"
import { v14 } from "./v14-shards.ts"
import { v15 } from "./v15-jury.ts"
import { v1 } from "./v1-lazy-against-honest.ts"
import { v4 } from "./v4-detection.ts"
import { v5 } from "./v5-bond-and-fee.ts"
import { v6 } from "./v6-clipped-mean.ts"
import { v7 } from "./v7-capability.ts"
import { v8 } from "./v8-bribery.ts"
import { v9 } from "./v9-yuma.ts"

test("V1: looking is worth what the closed form says, whoever else is on the panel", async () => {
  expect((await v1.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
}, 240_000)

test("V4: a lazy coordinator meets forced errors as often as the keeper's probability says", async () => {
  expect((await v4.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
}, 240_000)

test("V5: bonds and fees grow with agreement to the digit, and a vote against the consensus takes a tenth", async () => {
  expect((await v5.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
}, 30_000)

test("V6: scores clipped around the mean come out as worked out on paper", async () => {
  expect((await v6.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
}, 30_000)

test("V7: tasks are priced by the score of their module, and a report weighs at least 1/21", async () => {
  expect((await v7.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
})

test("V8: a promise of p + epsilon that is believed captures a rational panel for nothing", async () => {
  expect((await v8.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
}, 60_000)

test("V9: Yuma consensus gives the published medians and dividends, with and without rounding", async () => {
  expect((await v9.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
})

test("V10: federated averaging settles at its closed-form fixed point", async () => {
  expect((await v10.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
})

test("V11: robust aggregation gives what can be worked out on paper", async () => {
  expect((await v11.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
})

test("V12: one sign flip of ten leaves 0.8 of the honest step, and nine times it leaves nothing", async () => {
  expect((await v12.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
})

test("V14: a model in 10 + 4 shards survives as often as ten of its shards do", async () => {
  expect((await v14.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
}, 60_000)

test("V15: juries are right as often as the closed form says, by the evaluators' model and on the contracts", async () => {
  expect((await v15.rows("quick")).filter(({ pass }) => !pass)).toEqual([])
})
