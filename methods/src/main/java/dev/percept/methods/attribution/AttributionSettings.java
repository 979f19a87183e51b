package dev.percept.methods.attribution;

/**
 * Options that several methods share, for whoever runs them by name. The methods themselves are
 * records with all of their options.
 *
 * @param baseline what stands for an absent part, where a method needs one
 * @param batch most pictures of one call of the score
 * @param steps points on the way of Integrated Gradients
 * @param masks of RISE
 * @param designs of Sobol attribution
 * @param samples of LIME, KernelSHAP and HSIC
 * @param copies noisy copies of SmoothGrad and its kin
 * @param cells cells in a row and in a column, of methods that see no finer than a grid
 */
public record AttributionSettings(
    Baseline baseline,
    int batch,
    int steps,
    int masks,
    int designs,
    int samples,
    int copies,
    int cells) {
  public AttributionSettings {
    Checks.atLeast("attribution batch", 1, batch);
    Checks.atLeast("attribution steps", 1, steps);
    Checks.atLeast("attribution masks", 2, masks);
    Checks.atLeast("attribution designs", 2, designs);
    Checks.atLeast("attribution samples", 2, samples);
    Checks.atLeast("attribution copies", 1, copies);
    Checks.atLeast("attribution cells", 2, cells);
  }

  /**
   * Zero baseline, batch 16, 50 steps, 4000 masks, 32 designs, 2000 samples, 50 copies, 8 x 8
   * cells.
   */
  public static AttributionSettings defaults() {
    return new AttributionSettings(new Baseline.Zero(), 16, 50, 4000, 32, 2000, 50, 8);
  }

  /** The same with another baseline. */
  public AttributionSettings withBaseline(Baseline baseline) {
    return new AttributionSettings(baseline, batch, steps, masks, designs, samples, copies, cells);
  }

  /** The same with another batch. */
  public AttributionSettings withBatch(int batch) {
    return new AttributionSettings(baseline, batch, steps, masks, designs, samples, copies, cells);
  }

  /** The same with other numbers of passes. */
  public AttributionSettings withPasses(
      int steps, int masks, int designs, int samples, int copies) {
    return new AttributionSettings(baseline, batch, steps, masks, designs, samples, copies, cells);
  }

  /** The same with another grid. */
  public AttributionSettings withCells(int cells) {
    return new AttributionSettings(baseline, batch, steps, masks, designs, samples, copies, cells);
  }
}
