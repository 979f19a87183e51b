package dev.percept.app.explain;

import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.SplitCheck;

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
}
