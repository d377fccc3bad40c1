/**
 * What `ml: surrogate` refuses: every setting of learning that the surrogate was not fitted to. Only what is named here
 * is let through, so that a new strategy or field is refused until somebody fits the surrogate to it.
 */
import { fittedDatasets, fittedTo, type FittedRange, type Range } from "../../ml/surrogate/fitted.ts"
import { printPath, show, type Path } from "./problem.ts"
import { problem, roleOf } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"
import { tasksPerRound } from "./tasksPerRound.ts"

type Options = readonly Readonly<Record<string, unknown>>[]

/** `options[i]` are the decoded options of population entry i. Nothing where learning is real. */
export function surrogateProblems(file: ScenarioFile, options: Options): readonly SchemaProblem[] {
  if (file.ml !== "surrogate") return []
  const range = fittedTo(file.learning.dataset)?.range
  if (range === undefined) {
    const message = refused(`data sets ${fittedDatasets.join(", ")}`, file.learning.dataset)
    return [problem(["learning", "dataset"], message)]
  }
  return [
    ...backendProblems(file),
    ...modelProblems(file, range),
    ...partitionProblems(file, range),
    ...trainingProblems(file, range),
    ...aggregationProblems(file, range),
    ...roundProblems(file, range),
    ...populationProblems(file, range, options),
  ]
}

/** Nothing computes with it here, and a result must not say so. */
function backendProblems({ learning: { backend } }: ScenarioFile) {
  return backend === "wasm" ? [] : [problem(["learning", "backend"], refused("training on wasm", backend))]
}

function modelProblems({ learning: { model } }: ScenarioFile, { hidden }: FittedRange) {
  const path = ["learning", "model"]
  if (model.kind !== "mlp") return [problem([...path, "kind"], refused("perceptrons (mlp)", model.kind))]
  const [width, ...more] = model.hidden
  if (width === undefined || more.length > 0) {
    const message = refused("one hidden layer", `${model.hidden.length} layers`)
    return [problem([...path, "hidden"], message)]
  }
  return outside([...path, "hidden", 0], width, hidden)
}

function partitionProblems({ learning: { partition } }: ScenarioFile, range: FittedRange) {
  const path = ["learning", "partition"]
  const { min } = range.dirichletAlpha
  switch (partition.kind) {
    case "iid":
      return []
    case "dirichlet":
      // The larger alpha, the closer to iid, which was fitted too.
      return partition.alpha >= min
        ? []
        : [problem([...path, "alpha"], refused(`alpha from ${min}`, partition.alpha))]
    default:
      return [problem([...path, "kind"], refused("iid and dirichlet", partition.kind))]
  }
}

function trainingProblems({ learning }: ScenarioFile, range: FittedRange) {
  const { samplesPerSolver, epochs, batchSize, learningRate, momentum, checkpoints, backdoor } = learning
  const single = [
    ...outside(["learning", "samplesPerSolver"], samplesPerSolver, range.samples),
    ...outside(["learning", "epochs"], epochs, range.epochs),
    ...outside(["learning", "batchSize"], batchSize, range.batchSize),
    ...outside(["learning", "learningRate"], learningRate, range.learningRate),
    ...outside(["learning", "momentum"], momentum, range.momentum),
    ...outside(["learning", "proximal"], learning.proximal, { min: 0, max: 0 }),
    ...(checkpoints === null
      ? []
      : [problem(["learning", "checkpoints"], refused("training without checkpoints", checkpoints))]),
    ...(backdoor === undefined
      ? []
      : [problem(["learning", "backdoor"], refused("models without backdoors", backdoor))]),
  ]
  const effective = learningRate / (1 - momentum)
  const { min, max } = range.effectiveLearningRate
  if (single.length > 0 || within(effective, range.effectiveLearningRate)) return single
  const message = refused(
    `learningRate ÷ (1 − momentum) from ${short(min)} to ${short(max)}`,
    short(effective),
  )
  return [problem(["learning", "momentum"], message)]
}

function aggregationProblems({ learning: { aggregation } }: ScenarioFile, { rules }: FittedRange) {
  const path = ["learning", "aggregation"]
  const { rule, maxNorm } = aggregation
  return [
    ...(rules.includes(rule.kind)
      ? []
      : [problem([...path, "rule", "kind"], refused(rules.join(", "), rule.kind))]),
    ...(maxNorm === undefined
      ? []
      : [problem([...path, "maxNorm"], refused("updates of any norm", maxNorm))]),
  ]
}

function roundProblems(file: ScenarioFile, range: FittedRange) {
  const { rounds, tasks, population } = file
  const solvers = countOf(population, "solver")
  const updates = tasksPerRound(file) * Math.min(tasks.solversPerTask, solvers)
  const { min, max } = range.updatesPerRound
  return [
    ...outside(["rounds"], rounds, range.rounds),
    ...(within(updates, range.updatesPerRound)
      ? []
      : [problem(["tasks"], refused(`${min} to ${max} updates a round`, `${updates}`))]),
  ]
}

/** Options of a poisoner that say how strong its attack is. */
const STRENGTHS: Readonly<Record<string, string>> = {
  garbage: "deviation",
  gaussian: "relativeDeviation",
  scaled: "factor",
  signFlip: "strength",
}

function populationProblems({ population }: ScenarioFile, range: FittedRange, options: Options) {
  const attackers = countOf(population, "solver/poisoner")
  const share = attackers / Math.max(1, countOf(population, "solver"))
  const tooMany = share > range.attackers.max
  return population.flatMap(({ strategy, count }, index) => {
    if (count > 0 && roleOf(strategy) === "provider") {
      const message = refused(
        "runs without storage providers, whose shards would be those of the stand-in",
        strategy,
      )
      return [problem(["population", index, "strategy"], message)]
    }
    if (count === 0 || roleOf(strategy) !== "solver" || strategy === "solver/honest") return []
    const path: Path = ["population", index]
    if (strategy !== "solver/poisoner") {
      return [problem([...path, "strategy"], refused("solver/honest and solver/poisoner", strategy))]
    }
    return [
      ...(tooMany
        ? [
            problem(
              [...path, "count"],
              refused(
                `at most ${short(100 * range.attackers.max)} % attackers among solvers`,
                `${short(100 * share)} %`,
              ),
            ),
          ]
        : []),
      ...attackProblems([...path, "options"], options[index] ?? {}, range),
    ]
  })
}

function attackProblems(
  path: Path,
  options: Options[number],
  { attacks }: FittedRange,
): readonly SchemaProblem[] {
  const { attack } = options
  const limits = typeof attack === "string" ? attacks[attack] : undefined
  if (limits === undefined) {
    return [problem([...path, "attack"], refused(`attacks ${Object.keys(attacks).join(", ")}`, attack))]
  }
  if (attack === "labelFlip") {
    const { shift = 1, shareBps = 10_000 } = options
    return [
      ...(shift === 1 ? [] : [problem([...path, "shift"], refused("shift 1", shift))]),
      ...(shareBps === 10_000 ? [] : [problem([...path, "shareBps"], refused("shareBps 10000", shareBps))]),
    ]
  }
  const key = STRENGTHS[String(attack)]
  const strength = key === undefined ? undefined : options[key]
  return key === undefined || typeof strength !== "number" ? [] : outside([...path, key], strength, limits)
}

function outside(path: Path, value: number, range: Range): readonly SchemaProblem[] {
  if (within(value, range)) return []
  const { min, max } = range
  const name = printPath(path.slice(-1))
  return [problem(path, refused(min === max ? `${name} ${min}` : `${name} from ${min} to ${max}`, value))]
}

/** Of a range whose ends may be quotients: 0.1 ÷ 0.5 must be 0.2. */
const within = (value: number, { min, max }: Range): boolean =>
  value >= min * (1 - ROUNDING) && value <= max * (1 + ROUNDING)

const ROUNDING = 1e-9

const short = (value: number): string => String(Number(value.toPrecision(6)))

const refused = (fitted: string, found: unknown): string =>
  `the surrogate was fitted to ${fitted} only, found ${typeof found === "string" ? found : show(found)}; change it, or set ml: real`

const countOf = (population: ScenarioFile["population"], roleOrStrategy: string): number =>
  population
    .filter(({ strategy }) => strategy === roleOrStrategy || roleOf(strategy) === roleOrStrategy)
    .reduce((sum, { count }) => sum + count, 0)
