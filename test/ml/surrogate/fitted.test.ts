import { beforeAll, describe, expect, it } from "vitest"
import { initialiseBackend } from "../../../ml/backend.ts"
import { loadMnist } from "../../../ml/datasets/mnist.ts"
import { createDraws } from "../../../ml/surrogate/draws.ts"
import { fittedTo } from "../../../ml/surrogate/fitted.ts"
import { design } from "../../../scripts/surrogate/design.ts"
import { between, readPage, tablesOf, unpadded } from "../../../scripts/surrogate/documentation.ts"
import { errorsByPart } from "../../../scripts/surrogate/errors.ts"
import { type Federation, groundOf, playFederation } from "../../../scripts/surrogate/federation.ts"
import type { ComparedFederation } from "../../../scripts/surrogate/figure.ts"
import { predict } from "../../../scripts/surrogate/fitParameters.ts"
import { readCurves, shortened } from "../../../scripts/surrogate/keptCurves.ts"
import { rangeOf } from "../../../scripts/surrogate/range.ts"
import { realLearner } from "../../../scripts/surrogate/realLearner.ts"

const mnist = loadMnist()
const fitted = fittedTo("mnist")!
const curves = readCurves()
const draws = createDraws(20_000)

describe("the fit to MNIST", () => {
  let compared: readonly ComparedFederation[]
  beforeAll(() => {
    compared = curves.map(({ part, federation, curve }) => ({
      part,
      federation,
      real: curve,
      predicted: predict(groundOf(federation, mnist), fitted.parameters, draws),
    }))
  }, 60_000)

  it("is about the data set that ships", () => {
    expect(fitted.datasetHash).toBe(mnist.hash)
  })

  it("kept a real curve of every federation of its design", () => {
    expect(curves.map(({ part, federation }) => ({ part, federation }))).toEqual(design)
  })

  it("has the errors that it states: recomputed from the kept curves", () => {
    expect(errorsByPart(compared)).toEqual(fitted.errors)
  })

  it("has the range of the federations that it was fitted to", () => {
    const federations = curves.filter(({ part }) => part === "fit").map(({ federation }) => federation)
    expect(rangeOf(federations)).toEqual(fitted.range)
    expect(federations.length).toBe(fitted.federations.fit)
  })

  it("never saw the model, the partition and the attack that it is judged by", () => {
    const has = (part: string, test: (federation: Federation) => boolean) =>
      curves.filter((each) => each.part === part).map(({ federation }) => test(federation))
    const is64 = ({ hidden }: Federation) => hidden[0] === 64
    const is03 = ({ partition }: Federation) => partition.kind === "dirichlet" && partition.alpha === 0.3
    const isAlie = ({ attack }: Federation) => attack.kind === "alie"
    expect(has("fit", (each) => is64(each) || is03(each) || isAlie(each))).not.toContain(true)
    expect(has("model", is64)).not.toContain(false)
    expect(has("partition", is03)).not.toContain(false)
    expect(has("attack", isAlie)).not.toContain(false)
    expect(has("all", (each) => is64(each) && is03(each) && isAlie(each))).not.toContain(false)
  })

  it("stands in the documentation as it is", () => {
    const page = readPage()
    for (const [name, table] of Object.entries(tablesOf(fitted, compared))) {
      expect(unpadded(between(name, page))).toBe(unpadded(table))
    }
  })
})

describe("real training, played again", () => {
  it("gives the kept curve, and stays close to what the surrogate predicts", async () => {
    await initialiseBackend()
    const kept = curves.find(({ federation }) => federation.hidden[0] === 16)!
    const short = { ...kept.federation, rounds: 2 }
    const ground = groundOf(short, mnist)
    const real = shortened(playFederation(ground, realLearner(short.hidden, mnist)))
    expect(real.accuracy).toEqual(kept.curve.accuracy.slice(0, 3))
    const predicted = predict(ground, fitted.parameters)
    real.accuracy.slice(1).forEach((accuracy, round) => {
      expect(Math.abs(predicted.accuracy[round + 1]! - accuracy)).toBeLessThan(0.1)
    })
  }, 30_000)
})
