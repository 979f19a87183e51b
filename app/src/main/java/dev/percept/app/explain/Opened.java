package dev.percept.app.explain;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.RectifiedModel;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.image.LabelFile;
import dev.percept.image.PictureFolder;
import dev.percept.image.PictureReader;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.onnx.Cuts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model in ONNX Runtime with the pictures of the classes that were asked for. */
public final class Opened implements AutoCloseable {
  private final Cuts cuts;
  private final OnnxSplitModel model;
  private final Labels labels;
  private final List<ClassPictures> classes;
  private final List<String> notes;
  private final boolean rectify;

  private Opened(
      Cuts cuts,
      OnnxSplitModel model,
      Labels labels,
      List<ClassPictures> classes,
      List<String> notes,
      boolean rectify) {
    this.rectify = rectify;
    this.cuts = cuts;
    this.model = model;
    this.labels = labels;
    this.classes = List.copyOf(classes);
    this.notes = List.copyOf(notes);
  }

  /**
   * Opens the model and finds the pictures.
   *
   * @throws PerceptException if something named is missing or unfit
   */
  public static Opened open(Inputs inputs, Run run) {
    Cuts cuts = OnnxEngine.cuts(inputs.model(), inputs.engine());
    OnnxSplitModel model = OnnxEngine.open(cuts, inputs.layer(), inputs.engine());
    try {
      Labels labels = labels(inputs.labels(), model.outputs(), cuts.model().metadata());
      PictureFolder folder = PictureFolder.scan(inputs.images());
      List<String> notes = new ArrayList<>();
      List<ClassPictures> classes = new ArrayList<>();
      for (ClassSource source : ClassSource.of(folder, inputs.target(), labels, notes)) {
        classes.add(load(source, inputs, model, run));
      }
      return new Opened(cuts, model, labels, classes, notes, inputs.rectify());
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /** The names of a model's classes; numbers where neither a file nor the model names them. */
  public static Labels labels(@Nullable Path file, int outputs, Map<String, String> metadata) {
    if (file == null) {
      return ModelDefaults.of(metadata).labels(outputs).orElseGet(() -> Labels.numbered(outputs));
    }
    Labels labels = LabelFile.read(file);
    labels
        .mismatch(outputs)
        .ifPresent(
            sentence -> {
              throw new PerceptException(sentence);
            });
    return labels;
  }

  private static ClassPictures load(
      ClassSource source, Inputs inputs, OnnxSplitModel model, Run run) {
    Preprocessing preprocessing =
        Preprocessing.of(
            model.inputShape(), inputs.resize(), inputs.antialias(), inputs.normalization());
    PictureFolder chosen =
        inputs.maxImages() > 0
            ? source.pictures().sample(inputs.maxImages(), run)
            : source.pictures();
    return new ClassPictures(
        source.target(),
        Pictures.open(chosen, preprocessing, new PictureReader(inputs.maxPixels()), run));
  }

  /** The model in which concepts are sought: as it is, or rectified where that was asked for. */
  public SplitModel explained() {
    return rectify ? RectifiedModel.of(model) : model;
  }

  /**
   * {@link #explained} with gradients; to be closed by the caller.
   *
   * @throws PerceptException as {@link #withGradients}
   */
  public DifferentiableSplitModel explainedWithGradients(TorchOptions options) {
    TorchSplitModel white = withGradients(options);
    return rectify ? RectifiedModel.of(white) : white;
  }

  /** The model, cut where it was asked to be. */
  public OnnxSplitModel model() {
    return model;
  }

  /**
   * The same model, cut at the same place, with gradients; to be closed by the caller.
   *
   * @throws PerceptException if libtorch is missing or an operator of the model is not known
   */
  public TorchSplitModel withGradients(TorchOptions options) {
    return TorchEngine.open(cuts, model.info().layer(), options);
  }

  /** Where it can be cut; another engine opens the same model from this. */
  public Cuts cuts() {
    return cuts;
  }

  /** Names of its classes. */
  public Labels labels() {
    return labels;
  }

  /** The classes that were asked for, with their pictures. */
  public List<ClassPictures> classes() {
    return classes;
  }

  /** What the user should know about the choice of pictures. */
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    model.close();
  }
}
