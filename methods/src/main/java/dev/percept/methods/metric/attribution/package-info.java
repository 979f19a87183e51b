/**
 * Which attribution map to believe. Every metric gives one value a picture, so that intervals over
 * pictures and paired comparisons are possible; {@link
 * dev.percept.methods.metric.attribution.RandomMap} gives what chance would score.
 *
 * <p>Maps are n x height x width at the size of the input, as {@link
 * dev.percept.methods.metric.attribution.Places} makes them of an attribution. No metric is the
 * truth: deletion, insertion and µFidelity ask the model about pictures that it never saw,
 * sparseness and complexity say only how a map looks, masks say where a person would look.
 */
@NullMarked
@Experimental
package dev.percept.methods.metric.attribution;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
