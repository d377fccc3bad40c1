/** What agents learn with: real training behind a memo, or a surrogate. What is made is kept as long as the thread. */
import type { BackendName } from "../../ml/backend.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { Learning } from "../../ml/learning.ts"
import { createTrainingMemo, type TrainingMemo } from "../../ml/memo/trainingMemo.ts"
import { fittedTo } from "../../ml/surrogate/fitted.ts"
import { createSurrogate, type Surrogate } from "../../ml/surrogate/surrogate.ts"
import { openMemoStores, type ResultCache } from "../cache/memoStores.ts"
import type { Scenario } from "../scenario/scenario.ts"

export const learningOf = ({ ml, learning }: Scenario, dataset: Dataset, cache: ResultCache | undefined) =>
  ml === "surrogate"
    ? Learning.surrogateLayer(surrogateFor(dataset))
    : Learning.layer({ memo: memoOf(keepable(learning.backend, cache)), backend: learning.backend })

/** What another machine would work out differently is not kept: a cache must not decide a result. */
const keepable = (backend: BackendName, cache: ResultCache | undefined): ResultCache | undefined =>
  backend === "wasm" ? cache : undefined

/** Settings of one seed share much of their training: the same work is done once a thread, or once for all with a cache. */
const memoOf = (cache: ResultCache | undefined): TrainingMemo => {
  const key = cache === undefined ? "" : `${cache.program} ${cache.directory}`
  const known = memos.get(key)
  if (known !== undefined) return known
  const memo = createTrainingMemo({ stores: cache === undefined ? undefined : openMemoStores(cache) })
  memos.set(key, memo)
  return memo
}

const memos = new Map<string, TrainingMemo>()

/** One a data set. */
const surrogateFor = (dataset: Dataset): Surrogate => {
  const known = surrogates.get(dataset.name)
  if (known !== undefined) return known
  const fitted = fittedTo(dataset.name)
  if (fitted === undefined) throw new Error(`no surrogate was fitted to ${dataset.name}`)
  const surrogate = createSurrogate({ dataset, parameters: fitted.parameters })
  surrogates.set(dataset.name, surrogate)
  return surrogate
}

const surrogates = new Map<string, Surrogate>()
