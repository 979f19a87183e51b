package dev.percept.app.explain;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.SplitCheck;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.methods.factorization.Nmf;
import java.util.List;
import java.util.function.Supplier;

/** Refuses a cut whose halves are not the model. */
public final class CutChecks {
  private CutChecks() {}

  /**
   * Nothing where the halves give the model's own answer.
   *
   * @throws PerceptException if they do not
   */
  public static void require(SplitCheck check, ModelInfo info) {
    if (!check.passed()) {
      throw new PerceptException(
          "the two halves of the model, cut at '"
              + info.layer()
              + "', do not give its own answer: logits differ by up to "
              + check.maxAbsDiff()
              + "; cut at another tensor ('percept inspect' lists them)");
    }
  }

  /**
   * Compares h(g(x)) with f(x) before anything is explained.
   *
   * @param pieces real inputs, few at once so that there is work for every thread
   * @param extractor what will factorise the activations: one that knows no negative values is
   *     better refused here than after all inputs
   * @param rectify whether negative activations are set to 0 before concepts are sought
   * @param what the inputs are called in a message
   * @throws PerceptException if the halves are not the model, or the activations are unfit
   */
  static SplitCheck prove(
      SplitModel model,
      List<Supplier<Tensor>> pieces,
      ConceptExtractor extractor,
      boolean rectify,
      String what,
      Run run) {
    Tensor[] whole = new Tensor[pieces.size()];
    Tensor[] split = new Tensor[pieces.size()];
    try (Progress.Stage stage = run.stage("check of the cut", 2L * pieces.size())) {
      // f and h(g) side by side, so that the model is opened whole and cut at the same time.
      run.parallel(
          2 * pieces.size(),
          i -> {
            Tensor inputs = pieces.get(i / 2).get();
            if (i % 2 == 0) {
              whole[i / 2] = model.logits(inputs);
            } else {
              Tensor activations = model.activations(inputs).values();
              if (!rectify) {
                refuseSigned(model, extractor, activations);
              }
              split[i / 2] = model.head(activations);
            }
            stage.advance(1);
          });
    }
    SplitCheck all = new SplitCheck(0, 0, 0);
    for (int i = 0; i < whole.length; i++) {
      all = all.and(SplitCheck.of(whole[i], split[i]));
    }
    if (!Double.isFinite(all.maxAbsDiff())) {
      throw new PerceptException(
          "'"
              + model.info().file()
              + "' answers some of these "
              + what
              + " with logits that are no finite numbers: its weights are damaged or "
              + (model instanceof TextModel
                  ? "the tokenizer is another model's; download or export it again, or give the"
                      + " tokenizer that was saved with it"
                  : "the preprocessing is far off; download or export it again, or 'percept check'"
                      + " finds the preprocessing of pictures"));
    }
    require(all, model.info());
    return all;
  }

  /**
   * Better refused after a few pictures than by the factorisation, after all of them.
   *
   * @param values activations of some
   * @throws PerceptException if any is below 0 where {@code extractor} knows no such values
   */
  public static void refuseSigned(SplitModel model, ConceptExtractor extractor, Tensor values) {
    if (!(extractor instanceof Nmf) || model.info().nonNegative()) {
      return;
    }
    for (int i = 0; i < values.shape().size(); i++) {
      if (values.get(i) < 0) {
        throw new PerceptException(
            "'"
                + model.info().layer()
                + "' has negative values ("
                + values.get(i)
                + "), which NMF cannot factorise: cut the model where values are at least 0"
                + " ('percept inspect' shows where), explain the model on rectified activations"
                + " (--rectify), or use --extractor semi-nmf");
      }
    }
  }
}
