/** Small encoders of texts, laid out as exporters lay out the large ones, and texts for them. */
@NullMarked
@Experimental
package dev.percept.testkit.text;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
