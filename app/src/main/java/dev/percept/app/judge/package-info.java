/** Networks that say whether what a concept shows looks alike. */
@NullMarked
@Experimental
package dev.percept.app.judge;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
