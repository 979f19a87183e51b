/** What can be asked of a model as one number: the logit of a class, the code of a concept. */
@NullMarked
@Experimental
package dev.percept.methods.score;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
