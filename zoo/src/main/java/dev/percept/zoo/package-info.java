/** Procedural data sets with ground truth, the small models trained on them, and the exam. */
@NullMarked
@Experimental
package dev.percept.zoo;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
