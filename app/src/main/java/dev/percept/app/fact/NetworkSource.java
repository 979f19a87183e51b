package dev.percept.app.fact;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A network that a command line names.
 *
 * @param model a B-cos network of Percept (.safetensors, with its .json beside it), a checkpoint of
 *     another program, or an ONNX file
 * @param architecture what a checkpoint is of; null for the others
 * @param labels names of the classes; null to take those that come with the model
 */
public record NetworkSource(Path model, @Nullable String architecture, @Nullable Path labels) {}
