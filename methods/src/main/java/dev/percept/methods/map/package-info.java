/** Where a concept is: maps of codes, and crops that stand for a concept. */
@NullMarked
@Experimental
package dev.percept.methods.map;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
