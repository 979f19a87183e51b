/** Pictures: reading, preprocessing, crops, folders of classes. */
@NullMarked
@Experimental
package dev.percept.image;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
