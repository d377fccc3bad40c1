/** What a reader must know of an experiment in which a surrogate stood in for training. */
import { formatDecimal } from "./format.ts"
import type { Manifest, SurrogateError, SurrogateRecord } from "./manifest.ts"
import { listing } from "./sentence.ts"

/** Names of the settings that learnt with a surrogate, in their order. */
export const surrogateSettings = ({ inputs }: Manifest, dataset?: string): readonly string[] =>
  inputs.settings.flatMap(({ name, scenario }) => {
    const { ml, learning } = scenario as { ml?: unknown; learning?: { dataset?: unknown } }
    return ml === "surrogate" && (dataset === undefined || learning?.dataset === dataset) ? [name] : []
  })

/** A declaration a surrogate: where it stood in, and by how much it was off. None where all learning was real. */
export const surrogateDeclarations = (manifest: Manifest): readonly string[] =>
  (manifest.surrogates ?? []).map((record) => {
    const settings = surrogateSettings(manifest, record.dataset)
    const where = settings.length === manifest.inputs.settings.length ? "" : ` in ${listing(settings)}`
    return (
      `Learning was not real${where}: a surrogate stood in, a model of learning curves fitted to ` +
      `${record.federations.fit} real federations on ${record.dataset}. ${errorSentence(record)}`
    )
  })

const NEW: Readonly<Record<SurrogateError["part"], string>> = {
  fit: "where it was fitted",
  again: "with new seeds",
  model: "for a model that the fit had not seen",
  partition: "for a partition that the fit had not seen",
  attack: "for an attack that the fit had not seen",
  all: "where all three were new",
}

/** `Its accuracy is off by 2.1 [1.8, 2.4] points where it was fitted, …`. */
const errorSentence = ({ errors }: SurrogateRecord): string => {
  const parts = errors.map(
    ({ part, byRound, byRoundInterval }) => `${pointsWithInterval(byRound, byRoundInterval)} ${NEW[part]}`,
  )
  return `Its accuracy was off by this many points on average (95 % intervals): ${listing(parts)}.`
}

const pointsWithInterval = (value: number, [low, high]: readonly [number, number]): string =>
  `${formatDecimal(100 * value, 1)} [${formatDecimal(100 * low, 1)}, ${formatDecimal(100 * high, 1)}]`
