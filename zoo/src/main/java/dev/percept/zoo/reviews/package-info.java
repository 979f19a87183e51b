/** {@code Reviews}: sentences about cosmetics with the phrase that carries their topic marked. */
@NullMarked
@Experimental
package dev.percept.zoo.reviews;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
