package dev.percept.zoo.exam;

/**
 * Whether the sticker was found on one fresh set of scenes.
 *
 * @param seed number of the set
 * @param found whether a concept shows the sticker: its best part is the sticker, with an area
 *     under the curve of at least {@link #FOUND}
 * @param concept the concept that shows it best by area under the curve
 * @param auroc area under the curve of that concept's map with the sticker
 * @param iou its intersection over union
 * @param rank place of that concept by importance, 1 for the most important
 * @param concepts how many concepts there were
 * @param effect causal effect of the sticker on the class logit
 * @param effectRank place of the sticker among all parts by size of the causal effect
 * @param randomFound whether one of as many random directions shows the sticker
 * @param channelFound whether one of the channels does
 */
public record StickerTrial(
    int seed,
    boolean found,
    int concept,
    double auroc,
    double iou,
    int rank,
    int concepts,
    double effect,
    int effectRank,
    boolean randomFound,
    boolean channelFound) {
  /** The area under the curve from which on a concept counts as showing the sticker. */
  public static final double FOUND = 0.8;
}
