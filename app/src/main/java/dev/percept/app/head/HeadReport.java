package dev.percept.app.head;

import java.util.List;

/**
 * What was trained, and how well it does on pictures that it has not seen.
 *
 * @param model the file that was written, without its folder
 * @param labels the file of class names beside it
 * @param backbone the file of the frozen network
 * @param backboneSha256 of that file
 * @param tensor of the features
 * @param shape its axes
 * @param pooling how it became one vector: {@code none}, {@code mean}, {@code class}, {@code both}
 * @param features how many there are
 * @param classes their names, in the order of the logits
 * @param pictures how many were used
 * @param copies how many of these are the same, byte for byte, as another one
 * @param skipped pictures that could not be read, and why
 * @param folds of the cross-validation
 * @param seed of the folds
 * @param penalties that were tried
 * @param losses mean {@code −log p} of pictures left out, by penalty
 * @param penalty that was chosen for the model written
 * @param accuracy share of pictures left out that were answered rightly
 * @param low lower end of its 95 % interval
 * @param high upper end
 * @param majority the share that the most frequent class alone would reach
 * @param confusion one row a true class, one column an answer
 * @param recall by class
 * @param notes what the user should know about the pictures
 */
public record HeadReport(
    String model,
    String labels,
    String backbone,
    String backboneSha256,
    String tensor,
    String shape,
    String pooling,
    int features,
    List<String> classes,
    int pictures,
    int copies,
    List<String> skipped,
    int folds,
    long seed,
    List<Double> penalties,
    List<Double> losses,
    double penalty,
    double accuracy,
    double low,
    double high,
    double majority,
    List<List<Integer>> confusion,
    List<Double> recall,
    List<String> notes) {}
