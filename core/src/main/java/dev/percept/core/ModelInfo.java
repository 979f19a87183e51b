package dev.percept.core;

/**
 * What a split model is, for provenance and pages.
 *
 * @param file the file's name, without its folder
 * @param sha256 of the file, lower-case hexadecimal
 * @param layer the tensor at which the model is cut
 * @param operator the operator that makes that tensor, for example {@code Relu}
 * @param nonNegative whether its values are non-negative by construction
 * @param engine name and version of what runs the model
 */
public record ModelInfo(
    String file,
    String sha256,
    String layer,
    String operator,
    boolean nonNegative,
    String engine) {}
