package dev.percept.app.contrast;

import dev.percept.core.Examples;
import dev.percept.core.Labels;
import dev.percept.core.ModelInfo;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import java.util.List;

/** A model with examples of classes: pictures with crops, or texts with their parts. */
public interface Subjects extends AutoCloseable {
  /** {@code pictures} or {@code texts}. */
  String modality();

  /** The model, cut. */
  SplitModel model();

  /** Names of its classes. */
  Labels labels();

  /** The classes that there are examples of. */
  List<Group> groups();

  /** What the user should know about the choice of examples. */
  List<String> notes();

  /** What the model is. */
  default ModelInfo info() {
    return model().info();
  }

  @Override
  void close();

  /** Examples of one class. */
  interface Group {
    /** The class. */
    Target target();

    /** Pictures or texts. */
    Examples examples();

    /** Crops, or parts of the texts. */
    Examples units();

    /** The example that a unit is part of. */
    int exampleOf(int unit);

    /** A unit for the page: JPEG in base64, or the text. */
    String excerpt(int unit);

    /** Of names and contents. */
    String fingerprint();
  }
}
