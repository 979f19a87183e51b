package dev.percept.zoo.exam;

import dev.percept.zoo.Part;

/**
 * How well a part of a species is shown.
 *
 * @param part the part
 * @param effect how far the class logit falls when it is left out, on average
 * @param importance sum of the shares of importance of the concepts that show it
 * @param auroc best area under the ROC curve among the concepts
 * @param iou best intersection over union among the concepts
 * @param randomAuroc the same among as many random directions
 * @param randomIou the same among as many random directions
 * @param channelAuroc the same among all channels; there are several times as many of them
 * @param channelIou the same among all channels
 */
public record PartMark(
    Part part,
    double effect,
    double importance,
    double auroc,
    double iou,
    double randomAuroc,
    double randomIou,
    double channelAuroc,
    double channelIou) {}
