package dev.percept.fact.sae;

/**
 * How autoencoders are trained, whatever their size.
 *
 * @param epochs passes over the data
 * @param batch rows of a step
 * @param keepEvery epochs between two checkpoints that are kept for selection; the last epoch is
 *     always one
 * @param clip largest length of the gradient of all weights together
 * @param auxiliary how many dead latents are given the error to explain
 * @param auxiliaryWeight weight of what they leave of it; 0 switches that off
 * @param deadAfter epochs of silence after which a latent is dead
 * @param bandwidth width of the kernel by which a threshold of {@code jumprelu} feels the values
 *     near it, as a share of its first threshold
 * @param sparsityWeight weight of {@code (L0 / k − 1)²} of {@code jumprelu}
 * @param stateSeconds seconds between two states on disk, from which a stopped training goes on
 */
public record TrainingOptions(
    int epochs,
    int batch,
    int keepEvery,
    double clip,
    int auxiliary,
    double auxiliaryWeight,
    double deadAfter,
    double bandwidth,
    double sparsityWeight,
    double stateSeconds) {
  /** Those of FaCT where it has them (appendix A; Gao et al., 2024, section 2.4). */
  public static final TrainingOptions DEFAULT =
      new TrainingOptions(16, 4096, 2, 1, 256, 1.0 / 32, 0.5, 0.5, 1, 60);

  public TrainingOptions {
    atLeastOne("epochs", epochs);
    atLeastOne("batch", batch);
    atLeastOne("keep every", keepEvery);
    atLeastOne("auxiliary", auxiliary);
    above("clip", clip);
    above("dead after", deadAfter);
    above("bandwidth", bandwidth);
    if (!(auxiliaryWeight >= 0 && sparsityWeight >= 0 && stateSeconds >= 0)) {
      throw new IllegalArgumentException(
          "weights, seconds: at least 0, found "
              + auxiliaryWeight
              + ", "
              + sparsityWeight
              + ", "
              + stateSeconds);
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }

  private static void above(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + ": above 0 and finite, found " + value);
    }
  }

  /** The same with other passes and batches. */
  public TrainingOptions withEpochs(int count, int rows, int keep) {
    return new TrainingOptions(
        count,
        rows,
        keep,
        clip,
        auxiliary,
        auxiliaryWeight,
        deadAfter,
        bandwidth,
        sparsityWeight,
        stateSeconds);
  }

  /** The same with another time between states. */
  public TrainingOptions withStateSeconds(double seconds) {
    return new TrainingOptions(
        epochs,
        batch,
        keepEvery,
        clip,
        auxiliary,
        auxiliaryWeight,
        deadAfter,
        bandwidth,
        sparsityWeight,
        seconds);
  }
}
