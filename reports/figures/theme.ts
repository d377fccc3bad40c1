import type { Config } from "vega-lite"
import { figureFont } from "../render/textWidth.ts"
import { axisLine, gridLine, ink, mutedInk } from "./palette.ts"

/** Width in pixels that a figure's panels share, axes excluded. */
export const figureWidth = 720

/** The look of all figures. Colours are the light tones of the palette. */
export const figureConfig: Config = {
  background: "transparent",
  font: figureFont,
  padding: 4,
  view: { stroke: null },
  axis: {
    domainColor: axisLine.light,
    tickColor: axisLine.light,
    gridColor: gridLine.light,
    labelColor: mutedInk.light,
    titleColor: ink.light,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
    labelLimit: 260,
    tickSize: 4,
  },
  header: {
    labelColor: ink.light,
    titleColor: ink.light,
    labelFontSize: 13,
    labelFontWeight: "bold",
    labelLimit: 340,
  },
  legend: {
    orient: "top",
    direction: "horizontal",
    labelColor: ink.light,
    titleColor: mutedInk.light,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelLimit: 300,
    symbolSize: 120,
    symbolOpacity: 1,
    symbolBaseStrokeColor: mutedInk.light,
    symbolBaseFillColor: mutedInk.light,
    symbolStrokeWidth: 2,
    offset: 10,
    columnPadding: 18,
  },
  title: {
    color: ink.light,
    subtitleColor: mutedInk.light,
    fontSize: 16,
    subtitleFontSize: 12,
    anchor: "start",
    frame: "bounds",
    offset: 14,
    subtitlePadding: 6,
  },
}

/** Vega expression that writes a number as the rest of the report does: real minus sign, commas. */
export const numberLabels = "replace(format(datum.value, ',~g'), '-', '\\u2212')"
