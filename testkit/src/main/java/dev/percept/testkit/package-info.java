/** Contract tests, golden files and seeded data for the tests of the other modules. */
@NullMarked
@Experimental
package dev.percept.testkit;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
