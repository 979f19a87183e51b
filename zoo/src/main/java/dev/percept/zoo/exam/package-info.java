/**
 * The exam: explanations marked against scenes whose truth is known. It knows no method of
 * explanation; whoever takes the exam brings an {@link dev.percept.zoo.exam.Explainer}.
 *
 * <p>What is asked, for every species:
 *
 * <ul>
 *   <li>Do concepts show parts? Area under the ROC curve and intersection over union of each
 *       concept's map with each part's mask.
 *   <li>Do important concepts show parts that matter? Rank correlation of a concept's importance
 *       with the causal effect of the part that it shows: how far the class logit falls when the
 *       scene is drawn again without the part.
 *   <li>Is the sticker, which no animal has, found and ranked?
 * </ul>
 *
 * <p>Everything is asked of random directions and of single channels as well.
 */
@NullMarked
@Experimental
package dev.percept.zoo.exam;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
