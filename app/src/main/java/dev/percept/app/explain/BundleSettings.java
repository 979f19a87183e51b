package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import java.util.Map;

/**
 * What a bundle says of how it was made.
 *
 * @param kind {@code pictures} or {@code texts}
 * @param options what was asked for, in the words of the command line; no paths
 * @param preprocess how inputs became numbers
 * @param crops how they were cut into parts
 * @param extractor the factorisation's name
 * @param versions for provenance
 */
record BundleSettings(
    String kind,
    Map<String, String> options,
    String preprocess,
    Bundle.Crops crops,
    String extractor,
    Map<String, String> versions) {}
