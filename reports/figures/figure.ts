import type { TopLevelSpec } from "vega-lite"
import type { FigureTables } from "../tables/figureTables.ts"

/** A figure before it is drawn. Everything in it is computed from tables; nothing knows how it will be rendered. */
export interface Figure {
  /** File name without extension; also its anchor in the page. */
  readonly name: string
  /** The finding, in words, no stronger than the intervals allow. */
  readonly title: string
  /** What is drawn, for those who can't see it. */
  readonly description: string
  /** How to read it: what the marks and intervals are, and how many runs they stand on. */
  readonly note: string
  /** Names of the tables that hold the same numbers. */
  readonly tables: readonly string[]
  /** Vega-Lite, valid by itself, without a title. */
  readonly spec: TopLevelSpec
}

/** Makes one figure, or null where the results have nothing that it could show. */
export interface FigureMaker {
  readonly name: string
  readonly make: (tables: FigureTables) => Figure | null
}

/** The layers of a layered Vega-Lite specification. */
export type Layers = Extract<TopLevelSpec, { layer: unknown }>["layer"]

/** A layer where there is something to draw: Vega warns of scales without data. */
export const layersIf = (condition: boolean, layer: Layers[number]): Layers => (condition ? [layer] : [])

/** One of several specifications side by side. */
export type Panel = Extract<TopLevelSpec, { hconcat: unknown }>["hconcat"][number]
