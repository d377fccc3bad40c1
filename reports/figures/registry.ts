import { accuracyByRoundFigure } from "./accuracyByRound.ts"
import { comparisonDifferencesFigure } from "./comparisonDifferences.ts"
import { capabilityMarketFigure } from "./capabilityMarket.ts"
import type { FigureMaker } from "./figure.ts"
import { profitOverTimeFigure } from "./profitOverTime.ts"
import { profitPartsFigure } from "./profitParts.ts"
import { votesAndSlashesFigure } from "./votesAndSlashes.ts"

/** Every figure, in the order of the page. A new figure is a new file and a line here. */
export const figureMakers: readonly FigureMaker[] = [
  profitOverTimeFigure,
  accuracyByRoundFigure,
  capabilityMarketFigure,
  comparisonDifferencesFigure,
  votesAndSlashesFigure,
  profitPartsFigure,
]
