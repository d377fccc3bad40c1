/** Height, width and channels of examples that are images, one channel where only two numbers are given; undefined for others. */
export const imageShapeOf = (
  inputShape: readonly number[],
): readonly [height: number, width: number, channels: number] | undefined => {
  const [height, width, channels = 1] = inputShape
  const isImage = inputShape.length === 2 || inputShape.length === 3
  return isImage && height !== undefined && width !== undefined ? [height, width, channels] : undefined
}
