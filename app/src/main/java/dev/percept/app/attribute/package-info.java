/** Maps of attribution methods from a model file and a folder of pictures. */
@NullMarked
@Experimental
package dev.percept.app.attribute;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
