package dev.percept.zoo.exam;

import dev.percept.zoo.Part;

/**
 * What a concept shows.
 *
 * @param concept its number
 * @param importance its share of the importance of all concepts
 * @param part the part that it shows: the one whose mask its map correlates with best
 * @param auroc area under the ROC curve of its map with that part
 * @param iou intersection over union of its map with that part
 * @param effect causal effect of that part: how far the class logit falls without it
 */
public record ConceptMark(
    int concept, double importance, Part part, double auroc, double iou, double effect) {}
