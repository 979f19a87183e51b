/**
 * CRAFT (Fel et al., CVPR 2023) from a split model and pictures to an explanation in plain Java:
 * crops are factorised, whole pictures are encoded location by location, concepts are ranked by
 * total Sobol index, and everything is checked against a random baseline.
 */
@NullMarked
@Experimental
package dev.percept.methods.craft;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
