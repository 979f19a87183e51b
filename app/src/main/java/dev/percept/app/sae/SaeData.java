package dev.percept.app.sae;

import dev.percept.app.fact.OpenedModel;
import dev.percept.core.Examples;
import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.image.Normalization;
import dev.percept.image.PictureFile;
import dev.percept.image.PictureFolder;
import dev.percept.image.PictureReader;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Pictures that autoencoders are trained on, and others that they are judged by. Copies of one
 * picture are on the same side.
 */
final class SaeData {
  private final Pictures trained;
  private final Pictures heldOut;
  private final List<Integer> truth;
  private final String fingerprint;
  private final List<String> notes;

  private SaeData(
      Pictures trained,
      Pictures heldOut,
      List<Integer> truth,
      String fingerprint,
      List<String> notes) {
    this.trained = trained;
    this.heldOut = heldOut;
    this.truth = List.copyOf(truth);
    this.fingerprint = fingerprint;
    this.notes = List.copyOf(notes);
  }

  static SaeData open(SaeRequest request, OpenedModel opened, SplitModel model, Run run) {
    Shape input = model.inputShape();
    Normalization normalization = request.normalization();
    ResizeMode resize = request.resize();
    Normalization values =
        normalization != null
            ? normalization
            : opened.normalization().orElse(Normalization.IMAGENET);
    ResizeMode mode = resize != null ? resize : opened.resize().orElse(ResizeMode.FIT);
    // A B-cos network has six channels, of which the last three follow from the first.
    Shape three =
        input.rank() == 3 && input.dim(0) == 6 ? Shape.of(3, input.dim(1), input.dim(2)) : input;
    Preprocessing preprocessing = Preprocessing.of(three, mode, request.antialias(), values);
    PictureFolder folder = sample(PictureFolder.scan(request.images()), request.maxImages(), run);
    Pictures all =
        Pictures.open(folder, preprocessing, new PictureReader(request.maxPixels()), run);
    List<String> notes = new ArrayList<>();
    if (!all.skipped().isEmpty()) {
      notes.add(all.skipped().size() + " pictures could not be read and are left out");
    }
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      (isHeldOut(all.hash(i), request.heldOut(), run.seed()) ? second : first).add(i);
    }
    if (first.isEmpty() || second.isEmpty()) {
      throw new PerceptException(
          request.images()
              + " has "
              + all.size()
              + (all.size() == 1 ? " picture" : " pictures")
              + ", too few to train on some and hold others out; give more");
    }
    Labels labels = opened.labels(model.outputs());
    Pictures held = all.select(second);
    List<Integer> truth = truth(held, labels, notes);
    String print = all.fingerprint() + " " + values.name() + " " + mode + " " + request.antialias();
    return new SaeData(all.select(first), held, truth, print, notes);
  }

  private static PictureFolder sample(PictureFolder folder, int most, Run run) {
    if (most == 0) {
      return folder;
    }
    List<String> classes = folder.classes();
    if (classes.isEmpty()) {
      return folder.sample(most, run);
    }
    List<PictureFile> chosen = new ArrayList<>();
    for (String each : classes) {
      chosen.addAll(folder.only(each).sample(most, run).pictures());
    }
    chosen.sort(Comparator.comparing(PictureFile::name));
    return new PictureFolder(folder.name(), chosen);
  }

  /** Decided by the picture's content and the seed, so that a copy is never on the other side. */
  private static boolean isHeldOut(String hash, double share, long seed) {
    long content = new BigInteger(hash.substring(0, 16), 16).longValue();
    return Run.of(seed ^ content).random("sae.held-out").nextDouble() < share;
  }

  /** The class of each picture by the name of its folder; −1 where that is none. */
  private static List<Integer> truth(Pictures pictures, Labels labels, List<String> notes) {
    List<Integer> truth = new ArrayList<>();
    TreeSet<String> unknown = new TreeSet<>();
    int found = 0;
    for (int i = 0; i < pictures.size(); i++) {
      String folder = pictures.folder(i).orElse("");
      OptionalInt index = folder.isEmpty() ? OptionalInt.empty() : labels.matchFolder(folder);
      truth.add(index.orElse(-1));
      found += index.isPresent() ? 1 : 0;
      if (index.isEmpty()) {
        unknown.add(folder);
      }
    }
    if (found == 0) {
      notes.add(
          "no folder of pictures is called like a class of the network, so no accuracy is known:"
              + " what is shown instead is how many answers stay; give --labels for accuracy");
    } else if (!unknown.isEmpty()) {
      notes.add("folders that are called like no class count for no accuracy: " + unknown);
    }
    return truth;
  }

  /** Pictures to train on, as the network takes them. */
  Examples trained(OpenedModel opened) {
    return opened.inputs(trained);
  }

  /** Pictures to judge by. */
  Examples heldOut(OpenedModel opened) {
    return opened.inputs(heldOut);
  }

  /** The class of each of these; −1 where it is not known. */
  List<Integer> truth() {
    return truth;
  }

  /** Of all pictures and of how they are read. */
  String fingerprint() {
    return fingerprint;
  }

  /** What the user should know. */
  List<String> notes() {
    return notes;
  }
}
