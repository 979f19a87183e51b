package dev.percept.core;

/**
 * What is explained: one logit.
 *
 * @param index position among the logits
 * @param label its name; the index as text where no labels are known
 */
public record Target(int index, String label) {}
