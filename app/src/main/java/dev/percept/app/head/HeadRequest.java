package dev.percept.app.head;

import dev.percept.image.Normalization;
import dev.percept.image.ResizeMode;
import dev.percept.methods.head.LinearHead;
import dev.percept.onnx.Backbone;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained, and on what.
 *
 * @param backbone an ONNX file
 * @param tensor of the features; null for its only output
 * @param pooling of the features; null to choose by what there is
 * @param inputSize side of the input where the model leaves it open, else 0
 * @param images a folder of one folder a class
 * @param normalization of pixel values
 * @param resize how a picture becomes one of the model's size
 * @param antialias whether resizing averages
 * @param maxPixels pictures with more are skipped
 * @param maxImages of a class; 0 for all
 * @param batch pictures that go through the model at once
 * @param head folds and penalties
 * @param out the file that is written
 */
public record HeadRequest(
    Path backbone,
    @Nullable String tensor,
    Backbone.@Nullable Pool pooling,
    int inputSize,
    Path images,
    Normalization normalization,
    ResizeMode resize,
    boolean antialias,
    long maxPixels,
    int maxImages,
    int batch,
    LinearHead head,
    Path out) {}
