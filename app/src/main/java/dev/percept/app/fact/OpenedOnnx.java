package dev.percept.app.fact;

import dev.percept.app.explain.ModelDefaults;
import dev.percept.app.explain.Opened;
import dev.percept.core.Examples;
import dev.percept.core.Labels;
import dev.percept.core.SplitModel;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.image.Normalization;
import dev.percept.image.ResizeMode;
import dev.percept.onnx.Cuts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An ordinary network: what its concepts contribute can be estimated. */
public final class OpenedOnnx implements OpenedModel {
  private final Cuts cuts;
  private final NetworkSource source;
  private final int threads;
  private final ModelDefaults defaults;
  private final List<SplitModel> open = new ArrayList<>();

  private OpenedOnnx(Cuts cuts, NetworkSource source, int threads) {
    this.cuts = cuts;
    this.source = source;
    this.threads = threads;
    this.defaults = ModelDefaults.of(cuts.model().metadata());
  }

  /**
   * Opens an ONNX file.
   *
   * @throws dev.percept.core.PerceptException if it is missing or unfit
   */
  static OpenedOnnx open(NetworkSource source, int threads) {
    return new OpenedOnnx(OnnxEngine.cuts(source.model(), EngineOptions.DEFAULT), source, threads);
  }

  @Override
  public SplitModel cut(String layer) {
    SplitModel model = TorchEngine.open(cuts, layer, TorchOptions.DEFAULT.withThreads(threads));
    open.add(model);
    return model;
  }

  /** The same cut without gradients, in ONNX Runtime: faster, and any operator will do. */
  public SplitModel cutWithoutGradients(String layer) {
    SplitModel model = OnnxEngine.open(cuts, layer, EngineOptions.DEFAULT.withThreads(threads));
    open.add(model);
    return model;
  }

  @Override
  public Labels labels(int outputs) {
    return Opened.labels(source.labels(), outputs, cuts.model().metadata());
  }

  @Override
  public Optional<Normalization> normalization() {
    return defaults.normalization();
  }

  @Override
  public Optional<ResizeMode> resize() {
    return defaults.resize();
  }

  @Override
  public Examples inputs(Examples pictures) {
    return pictures;
  }

  @Override
  public void close() {
    open.forEach(SplitModel::close);
  }
}
